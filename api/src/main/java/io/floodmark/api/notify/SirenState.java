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
  private SirenState() {}

  /**
   * Whether any alert that goes on at the channel's level or above, in sight, was told to it; what
   * waits for the end of quiet hours was not.
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
            """
            SELECT EXISTS (
              SELECT FROM alert a
              LEFT JOIN sensor s ON s.id = a.sensor_id
              WHERE a.state = 'active' AND (a.kind <> 'flood' OR a.level >= ?) AND a.suppressed IS NULL
                AND (a.shelved_until IS NULL OR a.shelved_until <= ?)
                AND (? = '' OR s.code = ?)
                AND EXISTS (SELECT FROM outbox o
                  WHERE o.channel_id = ? AND o.alert_id = a.id AND (o.held IS NULL OR o.state = 'sent' OR o.id = ?)))
            """)) {
      select.setInt(1, setup.minLevel());
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      select.setString(3, sensorCode.orElse(""));
      select.setString(4, sensorCode.orElse(""));
      select.setInt(5, setup.id());
      select.setLong(6, outboxId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
