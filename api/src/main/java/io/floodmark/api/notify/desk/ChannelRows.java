package io.floodmark.api.notify.desk;

import io.floodmark.api.notify.Said;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how channels are doing. */
public final class ChannelRows {
  private static final int LOG_LINES = 50;
  private static final int LETTERS_MAX = 100;

  private ChannelRows() {}

  /**
   * How a channel is doing.
   *
   * @param waiting rows that are still to be sent
   * @param dead rows that were given up
   * @param sentToday messages of the last 24 hours
   * @param lastSent when the last one went out
   * @param isTrying whether something failed and is being tried again
   */
  public record Standing(
      int waiting, int dead, int sentToday, Optional<Instant> lastSent, boolean isTrying) {
    /** Of one that was only just added. */
    public static final Standing NOTHING = new Standing(0, 0, 0, Optional.empty(), false);
  }

  /**
   * A message that was given up, or still waits.
   *
   * @param where what it is about; empty for a test
   * @param step what happened
   * @param reason what was said last
   */
  public record Letter(
      long id,
      String where,
      String alertKind,
      String step,
      int toLevel,
      Instant madeAt,
      int attempts,
      Answer reason,
      String held,
      Instant nextTryAt) {}

  /**
   * What was said about a try.
   *
   * @param english as it was logged, or who asked to send it again
   * @param said the same for any language; empty in rows that know nothing of it
   */
  public record Answer(String english, Optional<Said> said) {
    private static Answer of(ResultSet row, String column) throws SQLException {
      return new Answer(
          row.getString(column), Optional.ofNullable(row.getString("said")).flatMap(Said::ofJson));
    }
  }

  /** A line of the log. */
  public record Line(
      Instant at,
      String outcome,
      Answer detail,
      int attempt,
      int tookMs,
      String where,
      String alertKind,
      String step,
      int toLevel,
      String key) {}

  static Map<Integer, Standing> standings(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT c.id,
              (SELECT count(*) FROM outbox o WHERE o.channel_id = c.id AND o.state = 'waiting') AS waiting,
              (SELECT count(*) FROM outbox o WHERE o.channel_id = c.id AND o.state = 'dead') AS dead,
              (SELECT count(*) FROM delivery d WHERE d.channel_id = c.id AND d.outcome = 'sent' AND d.at > ?) AS sent,
              (SELECT max(d.at) FROM delivery d WHERE d.channel_id = c.id AND d.outcome = 'sent') AS last_sent,
              EXISTS (SELECT FROM outbox o WHERE o.channel_id = c.id AND o.state = 'waiting' AND o.attempts > 0
                AND o.leased_until IS NULL) AS trying
            FROM channel c
            WHERE c.removed_at IS NULL
            """)) {
      select.setObject(1, now.minus(1, ChronoUnit.DAYS).atOffset(ZoneOffset.UTC));
      Map<Integer, Standing> standings = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          standings.put(
              row.getInt("id"),
              new Standing(
                  row.getInt("waiting"),
                  row.getInt("dead"),
                  row.getInt("sent"),
                  Optional.ofNullable(row.getObject("last_sent", OffsetDateTime.class))
                      .map(OffsetDateTime::toInstant),
                  row.getBoolean("trying")));
        }
      }
      return standings;
    }
  }

  /** What was given up, or waits: newest first. */
  static List<Letter> letters(Connection connection, int channelId, String state)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT o.id, coalesce(a.zone, a.gateway, s.name, '') AS alert_where, coalesce(a.kind, '') AS alert_kind,
              coalesce(e.kind, '') AS step, coalesce(e.to_level, 0) AS to_level, o.made_at, o.attempts,
              coalesce(o.reason, '') AS reason, o.said, coalesce(o.held, '') AS held, o.next_try_at
            FROM outbox o
            LEFT JOIN alert_event e ON e.id = o.event_id
            LEFT JOIN alert a ON a.id = o.alert_id
            LEFT JOIN sensor s ON s.id = a.sensor_id
            WHERE o.channel_id = ? AND o.state = ?
            ORDER BY o.id DESC
            LIMIT ?
            """)) {
      select.setInt(1, channelId);
      select.setString(2, state);
      select.setInt(3, LETTERS_MAX);
      List<Letter> letters = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          letters.add(
              new Letter(
                  row.getLong("id"),
                  row.getString("alert_where"),
                  row.getString("alert_kind"),
                  row.getString("step"),
                  row.getInt("to_level"),
                  instant(row, "made_at"),
                  row.getInt("attempts"),
                  Answer.of(row, "reason"),
                  row.getString("held"),
                  instant(row, "next_try_at")));
        }
      }
      return letters;
    }
  }

  /** The last tries, newest first. */
  static List<Line> log(Connection connection, int channelId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT d.at, d.outcome, d.detail, d.said, d.attempt, d.took_ms, o.key::text AS key,
              coalesce(a.zone, a.gateway, s.name, '') AS alert_where, coalesce(a.kind, '') AS alert_kind,
              coalesce(e.kind, '') AS step, coalesce(e.to_level, 0) AS to_level
            FROM delivery d
            JOIN outbox o ON o.id = d.outbox_id
            LEFT JOIN alert_event e ON e.id = o.event_id
            LEFT JOIN alert a ON a.id = o.alert_id
            LEFT JOIN sensor s ON s.id = a.sensor_id
            WHERE d.channel_id = ?
            ORDER BY d.id DESC
            LIMIT ?
            """)) {
      select.setInt(1, channelId);
      select.setInt(2, LOG_LINES);
      List<Line> lines = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          lines.add(
              new Line(
                  instant(row, "at"),
                  row.getString("outcome"),
                  Answer.of(row, "detail"),
                  row.getInt("attempt"),
                  row.getInt("took_ms"),
                  row.getString("alert_where"),
                  row.getString("alert_kind"),
                  row.getString("step"),
                  row.getInt("to_level"),
                  row.getString("key")));
        }
      }
      return lines;
    }
  }

  /** How a row ended: its state and the reason; waiting while it did not. */
  static Map.Entry<String, String> state(Connection connection, long outboxId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT CASE WHEN state = 'waiting' AND attempts > 0 AND leased_until IS NULL THEN 'retry' ELSE state END,
              coalesce(reason, '') FROM outbox WHERE id = ?
            """)) {
      select.setLong(1, outboxId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Map.entry(row.getString(1), row.getString(2)) : Map.entry("dead", "");
      }
    }
  }

  /** Zones that sensors in service belong to. */
  static List<String> zones(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT DISTINCT zone FROM sensor WHERE zone IS NOT NULL AND retired_at IS NULL ORDER BY zone
                """);
        ResultSet row = select.executeQuery()) {
      List<String> zones = new ArrayList<>();
      while (row.next()) {
        zones.add(row.getString(1));
      }
      return zones;
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
