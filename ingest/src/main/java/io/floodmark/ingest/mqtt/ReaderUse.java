package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Timers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes down which API tokens readers are signed in with, as a use over HTTP is: staff see by it
 * which tokens nobody needs any more. Confined to the thread of the timers.
 */
public final class ReaderUse implements Timers.Chore {
  /** As often as for a use over HTTP. */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final Supplier<Set<Integer>> present;

  /** Nothing is written before the first turn; {@code present} gives ids of tokens in use. */
  public ReaderUse(Supplier<Set<Integer>> present) {
    this.present = present;
  }

  @Override
  public void run(Connection connection, Instant now) throws SQLException {
    Set<Integer> tokens = present.get();
    if (tokens.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE api_token SET used_at = ?
            WHERE id = ANY (?) AND (used_at IS NULL OR used_at < ?)
            """)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setArray(2, connection.createArrayOf("integer", tokens.toArray()));
      update.setObject(3, now.minus(SEEN_EVERY).atOffset(ZoneOffset.UTC));
      update.executeUpdate();
    }
  }
}
