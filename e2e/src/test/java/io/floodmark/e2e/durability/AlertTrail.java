package io.floodmark.e2e.durability;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.judging.Standing;
import io.floodmark.judging.Surroundings;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.schema.Database;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a sensor's readings do to its flood alert, as worked out here and as it is stored. */
final class AlertTrail {
  /** The column's default. */
  private static final int NOISE_FLOOR_MM = 25;

  private AlertTrail() {}

  /**
   * What readings come to that arrive in this order, none of them late, at a sensor whose alerts
   * clear without delay: then time alone does nothing.
   */
  static List<String> expected(List<LoadSensor.Sent> readings) {
    Sensor sensor =
        new Sensor(
            1,
            new SensorCode("expected"),
            SensorKind.DISTANCE,
            new Calibration(OptionalInt.of(LoadSensor.MOUNT_HEIGHT_MM), NOISE_FLOOR_MM, 0),
            new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, Duration.ZERO),
            Duration.ofSeconds(1));
    Standing standing = Standing.UNSEEN;
    List<String> expected = new ArrayList<>();
    for (LoadSensor.Sent sent : readings) {
      Instant at = Instant.ofEpochMilli(sent.tsMillis());
      Standing.Outcome outcome =
          standing.next(
              sensor,
              reading(sent),
              ReadingTime.of(OptionalLong.of(sent.tsMillis()), at, Instant.MIN),
              at,
              Surroundings.UNKNOWN);
      standing = outcome.after();
      outcome
          .transitions()
          .forEach(
              t ->
                  expected.add(
                      t.kind() + " " + t.fromLevel() + "-" + t.toLevel() + " " + t.occurredAt()));
    }
    return expected;
  }

  /** The transitions in the database, oldest first. */
  static List<String> stored(Database database, String code) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.connect();
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT upper(e.kind), e.from_level, e.to_level, e.occurred_at
                FROM alert_event e
                JOIN sensor s ON s.id = e.sensor_id
                JOIN alert a ON a.id = e.alert_id AND a.kind = 'flood'
                WHERE s.code = ? ORDER BY e.id
                """)) {
      query.setString(1, code);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          rows.add(
              "%s %d-%d %s"
                  .formatted(
                      result.getString(1),
                      result.getInt(2),
                      result.getInt(3),
                      result.getObject(4, OffsetDateTime.class).toInstant()));
        }
      }
    }
    return rows;
  }

  private static Reading reading(LoadSensor.Sent sent) {
    return new Reading(
        OptionalLong.of(sent.tsMillis()),
        OptionalInt.of(sent.distanceMm()),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }
}
