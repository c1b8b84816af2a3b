package io.floodmark.api.notify;

import io.floodmark.live.Doorbell;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The rows that are still to be sent. Each method works in a transaction of the caller's; between
 * {@link #claim} and {@link #settle} the message is sent, with no connection held.
 *
 * <p>A channel sends one message at a time, whichever process does it, and the steps of one alert
 * in their order.
 */
public final class Outbox {
  /**
   * How long a claim holds without being settled. Longer than any send: who claimed it is dead, or
   * has lost the database.
   */
  public static final Duration LEASE = Duration.ofSeconds(60);

  /**
   * Between a claim that ran out and the next try: whoever has sent it, and only now reaches the
   * database again, settles it meanwhile, so that only a death makes a message come twice.
   */
  public static final Duration GRACE = Duration.ofSeconds(2);

  /** How often what is over a channel's limit is summed up. */
  public static final Duration SUMMARY_EVERY = Duration.ofMinutes(10);

  // Commits add rows while this runs, and lock the channel's key with that: no wait for each other.
  private static final String NEXT =
      """
      SELECT o.id AS outbox_id, o.key, o.alert_id, o.level, coalesce(e.to_level > e.from_level, false) AS is_rise,
        o.event_id IS NULL AS is_test, o.renewal, o.held, o.made_at, o.attempts,
      """
          + ChannelStore.COLUMNS
          + """
          FROM outbox o
          JOIN channel c ON c.id = o.channel_id
          LEFT JOIN alert_event e ON e.id = o.event_id
          WHERE o.state = 'waiting' AND o.leased_until IS NULL AND o.next_try_at <= ?
            AND NOT EXISTS (SELECT FROM outbox b
              WHERE b.channel_id = o.channel_id AND b.state = 'waiting' AND b.leased_until IS NOT NULL)
            AND NOT EXISTS (SELECT FROM outbox b
              WHERE b.channel_id = o.channel_id AND b.alert_id = o.alert_id AND b.state = 'waiting' AND b.id < o.id
                AND b.held IS NULL)
          ORDER BY o.level DESC, o.id
          LIMIT 1
          FOR NO KEY UPDATE OF c SKIP LOCKED
          """;

  private static final String LEASE_IT =
      """
      UPDATE outbox o SET leased_until = ?, attempts = attempts + 1, held = NULL
      WHERE o.id = ? AND o.state = 'waiting' AND o.leased_until IS NULL
        AND NOT EXISTS (SELECT FROM outbox b
          WHERE b.channel_id = o.channel_id AND b.state = 'waiting' AND b.leased_until IS NOT NULL)
      """;

  private final ZoneId zone;
  private final RetryPlan retries;
  private final RandomGenerator random;

  /**
   * An outbox by the ward's clock.
   *
   * @param random what pauses are shortened by
   */
  public Outbox(ZoneId zone, RetryPlan retries, RandomGenerator random) {
    this.zone = zone;
    this.retries = retries;
    this.random = random;
  }

  /**
   * What somebody has undertaken to send.
   *
   * @param setup the channel
   * @param message what to send
   * @param attempt which try it is, from 1
   */
  public record Claim(ChannelSetup setup, Message message, int attempt) {}

  private record Row(
      long id,
      UUID key,
      Optional<Long> alertId,
      int level,
      boolean isRise,
      boolean isTest,
      int renewal,
      boolean isHeld,
      Instant madeAt,
      int attempts,
      ChannelSetup setup) {}

  /**
   * Takes the next message that is due, the most dangerous first, and says in the database that it
   * is being sent. What has to wait is put off on the way.
   *
   * @param connection in a transaction, which the caller commits before sending
   */
  public Optional<Claim> claim(Connection connection, Instant now) throws SQLException {
    for (Optional<Row> next = next(connection, now);
        next.isPresent();
        next = next(connection, now)) {
      Row row = next.get();
      Optional<Claim> claim = judge(connection, row, now);
      if (claim.isPresent()) {
        return claim;
      }
    }
    return Optional.empty();
  }

  private Optional<Claim> judge(Connection connection, Row row, Instant now) throws SQLException {
    OutboxWaiting waiting = new OutboxWaiting(connection, row.setup().id());
    boolean isStep = !row.isTest() && row.renewal() == 0 && row.attempts() == 0;
    if (row.setup().kind().isState()
        && row.alertId().isPresent()
        && waiting.isOvertaken(row.id(), row.alertId().get(), now)) {
      return Optional.empty();
    }
    if (isStep && !row.isHeld()) {
      Optional<Instant> quietUntil =
          row.setup()
              .quiet()
              .filter(quiet -> row.setup().kind().keepsQuiet())
              .filter(quiet -> quiet.hold(row.level(), now, zone))
              .map(quiet -> quiet.endAfter(now, zone));
      // A siren that has to stop stops, whatever the hour.
      if (quietUntil.isPresent()
          && (!row.setup().kind().isState() || sounds(connection, row, now))) {
        waiting.hold(row.id(), "quiet", quietUntil.get());
        return Optional.empty();
      }
      if (row.level() < QuietHours.DANGER
          && row.setup().kind().sumsUp()
          && row.setup().maxPerHour().isPresent()
          && waiting.sentSince(now.minus(Duration.ofHours(1)))
              >= row.setup().maxPerHour().getAsInt()) {
        waiting.hold(row.id(), "limit", waiting.nextSummary(now, now.plus(SUMMARY_EVERY)));
        return Optional.empty();
      }
    }
    if (!lease(connection, row.id(), now)) {
      return Optional.empty();
    }
    if (isStep && row.isHeld() && row.setup().kind().sumsUp()) {
      waiting.sumUp(row.id(), now);
    } else if (row.alertId().isPresent()) {
      // A danger that was let through has told more than what was held before it.
      waiting.dropHeldBefore(row.id(), row.alertId().get(), now);
    }
    List<Notice> notices = row.isTest() ? List.of() : NoticeRows.of(connection, row.id());
    return Optional.of(
        new Claim(
            row.setup(),
            new Message(row.id(), row.key(), row.setup().language(), row.madeAt(), notices),
            row.attempts() + 1));
  }

  private static boolean sounds(Connection connection, Row row, Instant now) throws SQLException {
    return SirenState.wouldSound(
        connection, row.setup(), row.alertId().orElseThrow(), row.isRise(), now);
  }

  private static Optional<Row> next(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long alertId = row.getLong("alert_id");
        Optional<Long> alert = row.wasNull() ? Optional.empty() : Optional.of(alertId);
        return Optional.of(
            new Row(
                row.getLong("outbox_id"),
                row.getObject("key", UUID.class),
                alert,
                row.getInt("level"),
                row.getBoolean("is_rise"),
                row.getBoolean("is_test"),
                row.getInt("renewal"),
                row.getString("held") != null,
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts"),
                ChannelStore.read(row)));
      }
    }
  }

  /** Under the channel's lock, with the rows as they are now and not as they were before it. */
  private static boolean lease(Connection connection, long id, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(LEASE_IT)) {
      update.setObject(1, now.plus(LEASE).atOffset(ZoneOffset.UTC));
      update.setLong(2, id);
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Notes how a send went. That it was sent counts whoever claimed it since.
   *
   * @param connection in a transaction
   */
  public void settle(
      Connection connection, Claim claim, Outcome outcome, Duration took, Instant now)
      throws SQLException {
    boolean again = outcome.kind() == Outcome.Kind.RETRY && retries.goesOnAfter(claim.attempt());
    String state =
        switch (outcome.kind()) {
          case SENT -> "sent";
          case SKIPPED -> "skipped";
          case RETRY -> again ? "waiting" : "dead";
          case REFUSED -> "dead";
        };
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE outbox SET state = ?, leased_until = NULL, reason = ?, next_try_at = ?, settled_at = ?,
              said = ?::jsonb
            WHERE id = ? AND state = 'waiting' AND (attempts = ? OR ? IN ('sent', 'skipped'))
            """)) {
      update.setString(1, state);
      update.setString(2, state.equals("sent") ? null : outcome.detail());
      update.setObject(
          3,
          (again ? now.plus(retries.pause(claim.attempt(), random)) : now)
              .atOffset(ZoneOffset.UTC));
      update.setObject(4, again ? null : now.atOffset(ZoneOffset.UTC));
      update.setString(5, state.equals("sent") ? null : outcome.said().json());
      update.setLong(6, claim.message().outboxId());
      update.setInt(7, claim.attempt());
      update.setString(8, state);
      if (update.executeUpdate() == 0) {
        return;
      }
    }
    note(
        connection,
        claim.message().outboxId(),
        again ? "retry" : state,
        outcome.detail(),
        Optional.of(outcome.said()),
        took,
        now);
  }

  /**
   * Lets go of what was claimed by somebody who is no more.
   *
   * @param ours rows that this process is sending or settling, which are kept
   */
  public static void release(Connection connection, Collection<Long> ours, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE outbox SET leased_until = NULL, next_try_at = ?
            WHERE state = 'waiting' AND leased_until < ? AND NOT id = ANY (?)
            """)) {
      update.setObject(1, now.plus(GRACE).atOffset(ZoneOffset.UTC));
      update.setObject(2, now.atOffset(ZoneOffset.UTC));
      update.setArray(3, connection.createArrayOf("int8", ours.toArray()));
      update.executeUpdate();
    }
  }

  /** Puts a test into the outbox; returns its row. */
  public static long test(Connection connection, int channelId, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO outbox (channel_id, level, next_try_at, made_at) VALUES (?, 0, ?, ?) RETURNING id
            """)) {
      insert.setInt(1, channelId);
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        ring(connection);
        return id;
      }
    }
  }

  /**
   * Begins anew with one that was given up; it keeps its key.
   *
   * @return whether it was given up
   */
  public static boolean sendAgain(
      Connection connection, int channelId, long id, String who, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE outbox SET state = 'waiting', attempts = 0, reason = NULL, said = NULL, next_try_at = ?, settled_at = NULL
            WHERE id = ? AND channel_id = ? AND state = 'dead'
            """)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setLong(2, id);
      update.setInt(3, channelId);
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    note(connection, id, "again", who, Optional.empty(), Duration.ZERO, now);
    ring(connection);
    return true;
  }

  private static void note(
      Connection connection,
      long id,
      String outcome,
      String detail,
      Optional<Said> said,
      Duration took,
      Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO delivery (outbox_id, channel_id, at, attempt, outcome, detail, said, took_ms)
            SELECT id, channel_id, ?, attempts, ?, ?, ?::jsonb, ? FROM outbox WHERE id = ?
            """)) {
      insert.setObject(1, now.atOffset(ZoneOffset.UTC));
      insert.setString(2, outcome);
      insert.setString(3, detail);
      insert.setString(4, said.map(Said::json).orElse(null));
      insert.setInt(5, (int) Math.min(took.toMillis(), Integer.MAX_VALUE));
      insert.setLong(6, id);
      insert.executeUpdate();
    }
  }

  private static void ring(Connection connection) throws SQLException {
    try (PreparedStatement notify =
        connection.prepareStatement("SELECT pg_notify('" + Doorbell.OUTBOX_CHANNEL + "', '')")) {
      notify.execute();
    }
  }
}
