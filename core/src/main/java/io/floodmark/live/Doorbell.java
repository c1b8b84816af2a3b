package io.floodmark.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Rings for every process that reads this database. A ring carries sensor ids only and sounds when
 * the caller's transaction commits; readers then fetch the rows.
 */
public final class Doorbell {
  /** Readings, states or alerts of the sensors named have changed. */
  public static final String READING_CHANNEL = "floodmark_reading";

  /**
   * Alerts of the sensors named have changed, which whoever is warned should see at once. Rung
   * beside {@link #READING_CHANNEL}, never instead of it.
   */
  public static final String ALERT_CHANNEL = "floodmark_alert";

  /** The sensors named were registered, changed or retired; rung by a trigger of the schema. */
  public static final String SENSOR_CHANNEL = "floodmark_sensor";

  /** The reports named were filed or changed; rung by a trigger of the schema. */
  public static final String REPORT_CHANNEL = "floodmark_report";

  /**
   * API tokens, or the accounts of who made them, have changed; rung by a trigger of the schema.
   */
  public static final String TOKEN_CHANNEL = "floodmark_token";

  /** There is something to send; rung by a trigger of the schema, and by who asks for a test. */
  public static final String OUTBOX_CHANNEL = "floodmark_outbox";

  // PostgreSQL refuses a payload of 8,000 bytes or more, and with it the transaction.
  private static final int PAYLOAD_BYTES_MAX = 7_900;

  private Doorbell() {}

  /** Rings within the transaction of {@code connection}, in as many calls as the ids need. */
  public static void ring(Connection connection, Collection<Integer> sensorIds)
      throws SQLException {
    ring(connection, READING_CHANNEL, sensorIds);
  }

  /** The same for alerts: readers do not wait for what else may ring. */
  public static void ringAlerts(Connection connection, Collection<Integer> sensorIds)
      throws SQLException {
    ring(connection, ALERT_CHANNEL, sensorIds);
  }

  private static void ring(Connection connection, String channel, Collection<Integer> sensorIds)
      throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, channel);
      for (String payload : payloads(sensorIds)) {
        notify.setString(2, payload);
        notify.execute();
      }
    }
  }

  /** The ids, comma-separated, in texts of at most 7,900 bytes. */
  public static List<String> payloads(Collection<Integer> sensorIds) {
    List<String> payloads = new ArrayList<>();
    StringBuilder payload = new StringBuilder();
    for (Integer sensorId : sensorIds) {
      String id = sensorId.toString();
      if (payload.length() + 1 + id.length() > PAYLOAD_BYTES_MAX) {
        payloads.add(payload.toString());
        payload.setLength(0);
      }
      payload.append(payload.isEmpty() ? "" : ",").append(id);
    }
    if (!payload.isEmpty()) {
      payloads.add(payload.toString());
    }
    return payloads;
  }
}
