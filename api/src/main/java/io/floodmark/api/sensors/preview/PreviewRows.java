package io.floodmark.api.sensors.preview;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.sensors.register.SensorEntry;
import io.floodmark.quality.QualitySettings;
import io.floodmark.quality.QualitySettingsJson;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.DeviceRange;
import io.floodmark.sensor.Sensor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** Judges the stored readings of a sensor again. In a transaction, on a thread that may block. */
public final class PreviewRows {
  /** How far back is looked. */
  public static final Duration SPAN = Duration.ofDays(31);

  /** More readings than that are not judged again: the older ones are left out. */
  public static final int READINGS_MAX = 100_000;

  /** Before that time, so that what was under way when it began is known. */
  private static final Duration RUN_UP = Duration.ofDays(1);

  static final int FETCH_ROWS = 2_000;
  static final int QUERY_TIMEOUT_S = 15;

  // Each takes a second of a processor and holds a database connection; wards have few of either.
  private static final Semaphore UNDER_WAY = new Semaphore(2);

  private static final String SENSOR =
      """
      SELECT id, mount_height_mm, noise_floor_mm, offset_mm, temperature_compensated, range_min_mm,
             range_max_mm, quality
      FROM sensor
      WHERE code = ?
      """;

  private static final String OLDEST =
      """
      SELECT observed_at FROM reading
      WHERE sensor_id = ? AND observed_at >= ? AND observed_at < ?
      ORDER BY observed_at DESC
      OFFSET ? LIMIT 1
      """;

  // In the order in which ingest took them in.
  private static final String READINGS =
      """
      SELECT observed_at, received_at, distance_mm, sent_depth_mm, rain_mm, battery_mv, rssi_dbm,
             temperature_c, housing_c, stamped
      FROM whole_reading
      WHERE sensor_id = ? AND observed_at >= ? AND observed_at < ?
        AND num_nonnulls(distance_mm, sent_depth_mm, rain_mm) > 0
      ORDER BY received_at, observed_at
      """;

  private static final String RAISED =
      """
      SELECT since, peak_level, cleared_at FROM alert
      WHERE sensor_id = ? AND kind = 'flood' AND (cleared_at IS NULL OR cleared_at >= ?)
      ORDER BY since DESC
      """;

  private PreviewRows() {}

  /**
   * What {@code entry}, a sensor of the register with changes that are not saved, would have raised
   * in the {@link #SPAN} before {@code now}.
   *
   * @throws ProblemException if others are at it already, or there is no such sensor
   */
  public static ThresholdPreview of(
      Connection connection, SensorEntry entry, AlertPolicy policy, Instant now)
      throws SQLException {
    if (!UNDER_WAY.tryAcquire()) {
      throw new ProblemException(
          Problem.tooManyClients("Other previews are under way. Try again in a few seconds."));
    }
    try {
      Sensor sensor = sensor(connection, entry, policy);
      Instant asked = now.minus(SPAN).minus(RUN_UP);
      Optional<Instant> oldest = oldest(connection, sensor.id(), asked, now);
      Instant begin = oldest.orElse(asked);
      ThresholdReplay replay =
          new ThresholdReplay(sensor, PastRows.of(connection, sensor.id(), entry, begin, now));
      int readings = replay(connection, sensor.id(), begin, now, replay);
      Instant from = begin.isAfter(now.minus(SPAN)) ? begin : now.minus(SPAN);
      List<Episode> would = new ArrayList<>(replay.episodes(now));
      would.removeIf(episode -> episode.clearedAt().orElse(now).isBefore(from));
      Collections.reverse(would);
      return new ThresholdPreview(
          from, now, readings, oldest.isPresent(), would, raised(connection, sensor.id(), from));
    } finally {
      UNDER_WAY.release();
    }
  }

  /** As ingest would know the sensor after the change. */
  private static Sensor sensor(Connection connection, SensorEntry entry, AlertPolicy policy)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SENSOR)) {
      select.setString(1, entry.code().value());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new ProblemException(Problem.notFound("There is no sensor " + entry.code() + "."));
        }
        // The offset belongs to the mount height over which it was measured.
        boolean moved = !integer(row, "mount_height_mm").equals(entry.mountHeightMm());
        String quality = row.getString("quality");
        return new Sensor(
            row.getInt("id"),
            entry.code(),
            entry.kind(),
            new Calibration(
                entry.mountHeightMm(),
                moved ? 0 : row.getInt("offset_mm"),
                row.getBoolean("temperature_compensated"),
                row.getInt("noise_floor_mm"),
                entry.lowPointDeltaMm()),
            policy,
            Duration.ofSeconds(entry.reportIntervalS()),
            new DeviceRange(integer(row, "range_min_mm"), integer(row, "range_max_mm")),
            quality == null ? QualitySettings.DEFAULT : QualitySettingsJson.parse(quality));
      }
    }
  }

  /** The oldest of the newest {@link #READINGS_MAX}, if there are more. */
  private static Optional<Instant> oldest(
      Connection connection, int sensorId, Instant from, Instant to) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
      bind(select, sensorId, from, to);
      select.setInt(4, READINGS_MAX - 1);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(time(row, "observed_at")) : Optional.empty();
      }
    }
  }

  private static int replay(
      Connection connection, int sensorId, Instant from, Instant to, ThresholdReplay replay)
      throws SQLException {
    int readings = 0;
    try (PreparedStatement select = connection.prepareStatement(READINGS)) {
      bind(select, sensorId, from, to);
      select.setFetchSize(FETCH_ROWS);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          replay.take(stored(row));
          readings++;
        }
      }
    }
    return readings;
  }

  private static StoredReading stored(ResultSet row) throws SQLException {
    Instant observedAt = time(row, "observed_at");
    Instant arrivedAt = time(row, "received_at");
    boolean stamped = row.getBoolean("stamped");
    OptionalLong deviceTime =
        stamped ? OptionalLong.empty() : OptionalLong.of(observedAt.toEpochMilli());
    Reading reading =
        new Reading(
            deviceTime,
            integer(row, "distance_mm"),
            integer(row, "sent_depth_mm"),
            decimal(row, "rain_mm"),
            integer(row, "battery_mv"),
            integer(row, "rssi_dbm"),
            decimal(row, "temperature_c"),
            decimal(row, "housing_c"),
            OptionalLong.empty());
    ReadingTime time =
        stamped
            ? new ReadingTime(observedAt, observedAt, true, false)
            : ReadingTime.of(deviceTime, arrivedAt, Instant.MIN);
    return new StoredReading(reading, time, arrivedAt);
  }

  private static List<Episode> raised(Connection connection, int sensorId, Instant from)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RAISED)) {
      select.setInt(1, sensorId);
      select.setObject(2, from.atOffset(ZoneOffset.UTC));
      List<Episode> raised = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          raised.add(
              new Episode(
                  time(row, "since"),
                  row.getInt("peak_level"),
                  Optional.ofNullable(row.getObject("cleared_at", OffsetDateTime.class))
                      .map(OffsetDateTime::toInstant)));
        }
      }
      return raised;
    }
  }

  private static void bind(PreparedStatement select, int sensorId, Instant from, Instant to)
      throws SQLException {
    select.setQueryTimeout(QUERY_TIMEOUT_S);
    select.setInt(1, sensorId);
    select.setObject(2, from.atOffset(ZoneOffset.UTC));
    select.setObject(3, to.atOffset(ZoneOffset.UTC));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalDouble decimal(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
