package io.floodmark.api.notify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What waits on one channel. Works in the transaction that holds the channel's lock. */
final class OutboxWaiting {
  private final Connection connection;
  private final int channelId;

  OutboxWaiting(Connection connection, int channelId) {
    this.connection = connection;
    this.channelId = channelId;
  }

  /** Puts a row off, to be summed up with others by then. */
  void hold(long id, String why, Instant until) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE outbox SET held = ?, next_try_at = ? WHERE id = ? AND state = 'waiting'")) {
      update.setString(1, why);
      update.setObject(2, until.atOffset(ZoneOffset.UTC));
      update.setLong(3, id);
      update.executeUpdate();
    }
  }

  /** Messages that went out since then. */
  int sentSince(Instant since) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT count(*) FROM delivery WHERE channel_id = ? AND outcome = 'sent' AND at > ?")) {
      select.setInt(1, channelId);
      select.setObject(2, since.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** When the summary goes out that others wait for already; {@code otherwise} where none do. */
  Instant nextSummary(Instant now, Instant otherwise) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT min(next_try_at) FROM outbox
            WHERE channel_id = ? AND state = 'waiting' AND held = 'limit' AND next_try_at > ?
            """)) {
      select.setInt(1, channelId);
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        OffsetDateTime next = row.getObject(1, OffsetDateTime.class);
        return next == null ? otherwise : next.toInstant();
      }
    }
  }

  /** Lets the row tell of all others that were held until now, too. */
  void sumUp(long id, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE outbox SET state = 'skipped', reason = 'summary', summary_id = ?, settled_at = ?
            WHERE channel_id = ? AND id <> ? AND state = 'waiting' AND held IS NOT NULL
              AND next_try_at <= ? AND leased_until IS NULL AND attempts = 0
            """)) {
      update.setLong(1, id);
      update.setObject(2, now.atOffset(ZoneOffset.UTC));
      update.setInt(3, channelId);
      update.setLong(4, id);
      update.setObject(5, now.atOffset(ZoneOffset.UTC));
      update.executeUpdate();
    }
  }

  /** Takes out what was held of the same alert before that row. */
  void dropHeldBefore(long id, long alertId, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE outbox SET state = 'skipped', reason = 'overtaken', settled_at = ?
            WHERE channel_id = ? AND alert_id = ? AND id < ? AND state = 'waiting' AND held IS NOT NULL
            """)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setInt(2, channelId);
      update.setLong(3, alertId);
      update.setLong(4, id);
      update.executeUpdate();
    }
  }

  /** Takes the row out if a later one of the same alert waits; returns whether it did. */
  boolean isOvertaken(long id, long alertId, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE outbox o SET state = 'skipped', reason = 'overtaken', settled_at = ?
            WHERE o.id = ? AND o.state = 'waiting' AND EXISTS (SELECT FROM outbox b
              WHERE b.channel_id = o.channel_id AND b.alert_id = ? AND b.state = 'waiting' AND b.id > o.id)
            """)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setLong(2, id);
      update.setLong(3, alertId);
      return update.executeUpdate() == 1;
    }
  }
}
