package io.floodmark.api.cap;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CAP messages in the database: added, read, never changed. In the caller's transaction. */
public final class CapStore {
  /** How long before it runs out a message is said again. */
  private static final Duration RENEW_BEFORE = Duration.ofMinutes(20);

  /** What ran out longer ago than that is not taken up again. */
  private static final Duration RENEW_AFTER_MAX = Duration.ofHours(6);

  private final Connection connection;

  /** A store over {@code connection}. */
  public CapStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * A message in the list.
   *
   * @param reference how later ones call it
   */
  record Entry(
      String identifier,
      CapDocument.MsgType type,
      String status,
      String reference,
      Instant sent,
      Instant expires,
      String headline) {}

  /** The messages of an alert since its warning was last taken back, oldest first. */
  List<Entry> chain(long alertId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT identifier, msg_type, status, reference, sent, expires, headline FROM cap_message
            WHERE alert_id = ? AND id > coalesce(
              (SELECT max(id) FROM cap_message WHERE alert_id = ? AND msg_type = 'Cancel'), 0)
            ORDER BY id
            """)) {
      select.setLong(1, alertId);
      select.setLong(2, alertId);
      return entries(select);
    }
  }

  /** The newest messages, newest first. */
  List<Entry> newest(int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT identifier, msg_type, status, reference, sent, expires, headline FROM cap_message
            ORDER BY id DESC LIMIT ?
            """)) {
      select.setInt(1, limit);
      return entries(select);
    }
  }

  private static List<Entry> entries(PreparedStatement select) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String type = row.getString("msg_type");
        entries.add(
            new Entry(
                row.getString("identifier"),
                List.of(CapDocument.MsgType.values()).stream()
                    .filter(known -> known.word().equals(type))
                    .findFirst()
                    .orElseThrow(),
                row.getString("status"),
                row.getString("reference"),
                row.getObject("sent", OffsetDateTime.class).toInstant(),
                row.getObject("expires", OffsetDateTime.class).toInstant(),
                row.getString("headline")));
      }
    }
    return entries;
  }

  /** Whether that row of the outbox has become a message already. */
  boolean isPublished(long outboxId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT FROM cap_message WHERE outbox_id = ?")) {
      select.setLong(1, outboxId);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** The document of that identifier. */
  Optional<String> document(String identifier) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT document FROM cap_message WHERE identifier = ?")) {
      select.setString(1, identifier);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Whether there is a feed: a channel for it now, or messages of one that there was. */
  boolean isOpen() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT EXISTS (SELECT FROM channel WHERE kind = 'cap' AND enabled)
                  OR EXISTS (SELECT FROM cap_message)
                """);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Adds a message. */
  void add(CapDocument document, long outboxId, Optional<Long> eventId, Optional<Long> alertId)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO cap_message (identifier, outbox_id, event_id, alert_id, msg_type, status, sender, sent,
              reference, expires, headline, document)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      CapDocument.Header header = document.header();
      insert.setString(1, header.identifier());
      insert.setLong(2, outboxId);
      insert.setObject(3, eventId.orElse(null));
      insert.setObject(4, alertId.orElse(null));
      insert.setString(5, header.type().word());
      insert.setString(6, header.status());
      insert.setString(7, header.sender());
      insert.setObject(8, header.sent().atOffset(ZoneOffset.UTC));
      insert.setString(9, header.reference());
      insert.setObject(10, document.hazard().expires().atOffset(ZoneOffset.UTC));
      insert.setString(11, document.infos().get(0).headline());
      insert.setString(12, document.xml());
      insert.executeUpdate();
    }
  }

  /**
   * Has messages said again that run out while their alert goes on. Doing it twice adds nothing.
   */
  public static void renew(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO outbox (channel_id, event_id, alert_id, renewal, level, next_try_at, made_at)
            SELECT c.id, m.event_id, m.alert_id, o.renewal + 1, a.level, ?, ?
            FROM cap_message m
            JOIN outbox o ON o.id = m.outbox_id
            JOIN channel c ON c.id = o.channel_id AND c.enabled
            JOIN alert a ON a.id = m.alert_id AND a.state = 'active' AND is_in_sight(a, ?)
            WHERE m.expires BETWEEN ? AND ? AND m.msg_type <> 'Cancel'
              AND NOT EXISTS (SELECT FROM cap_message later WHERE later.alert_id = m.alert_id AND later.id > m.id)
            ON CONFLICT DO NOTHING
            """)) {
      insert.setObject(1, now.atOffset(ZoneOffset.UTC));
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      insert.setObject(4, now.minus(RENEW_AFTER_MAX).atOffset(ZoneOffset.UTC));
      insert.setObject(5, now.plus(RENEW_BEFORE).atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }
}
