package io.floodmark.api.notify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whether a siren or sign has to be on: it stands for all open alerts of its channel together. */
public final class SirenState {
  /** An alert that goes on at the channel's level or above, in sight. */
  private static final String GOES_ON =
      """
      a.state = 'active' AND (a.kind <> 'flood' OR a.level >= ?) AND a.suppressed IS NULL
        AND (a.shelved_until IS NULL OR a.shelved_until <= ?)
      """;

  // A row that was tried was let through: what is held, or not judged yet, has no tries.
  private static final String TOLD =
      """
      EXISTS (SELECT FROM outbox o JOIN alert_event e ON e.id = o.event_id
        WHERE o.channel_id = ? AND o.alert_id = a.id AND (o.attempts > 0 OR o.id = ?)
          AND e.kind NOT IN ('shelved', 'suppressed') AND (a.kind <> 'flood' OR e.to_level >= ?)
          AND NOT EXISTS (SELECT FROM alert_event later WHERE later.alert_id = a.id AND later.id > e.id
            AND (later.kind IN ('shelved', 'unshelved', 'shelf_ended', 'suppressed', 'released')
              OR (a.kind = 'flood' AND later.to_level < ?))))
      """;

  private SirenState() {}

  /**
   * Whether any alert that goes on at the channel's level or above, in sight, was told to it since
   * it came to that; what waits for the end of quiet hours was not.
   *
   * @param sensorCode of one sensor only, where each has a sign of its own
   */
  public static boolean isOn(
      Connection connection,
      ChannelSetup setup,
      long outboxId,
      Optional<String> sensorCode,
      Instant now)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT FROM alert a LEFT JOIN sensor s ON s.id = a.sensor_id WHERE "
                + GOES_ON
                + " AND (? = '' OR s.code = ?) AND "
                + TOLD
                + ")")) {
      select.setInt(1, setup.minLevel());
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      select.setString(3, sensorCode.orElse(""));
      select.setString(4, sensorCode.orElse(""));
      setTold(select, 5, setup, outboxId);
      return isTrue(select);
    }
  }

  /**
   * Whether a step must wait where quiet hours hold its level: it would sound the siren for an
   * alert that it does not stand for yet. A rise does, as does what comes back into sight, and a
   * fall of what has waited so far.
   */
  static boolean wouldSound(
      Connection connection, ChannelSetup setup, long alertId, boolean isRise, Instant now)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT FROM alert a WHERE "
                + GOES_ON
                + " AND a.id = ? AND (? OR NOT "
                + TOLD
                + "))")) {
      select.setInt(1, setup.minLevel());
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      select.setLong(3, alertId);
      select.setBoolean(4, isRise);
      setTold(select, 5, setup, 0);
      return isTrue(select);
    }
  }

  private static void setTold(
      PreparedStatement select, int first, ChannelSetup setup, long outboxId) throws SQLException {
    select.setInt(first, setup.id());
    select.setLong(first + 1, outboxId);
    select.setInt(first + 2, setup.minLevel());
    select.setInt(first + 3, setup.minLevel());
  }

  private static boolean isTrue(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
