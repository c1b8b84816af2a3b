package io.floodmark.ingest.commit;

import io.floodmark.judging.RainfallJson;
import io.floodmark.judging.Surroundings;
import io.floodmark.judging.Vicinity;
import io.floodmark.sensor.SensorKind;
import io.floodmark.surface.Rainfall;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What sensors, rain gauges and residents nearby say while a reading is judged, as last committed
 * by whichever process. Confined to the commit thread.
 *
 * <p>It is read again every few seconds and not for each batch: a neighbour's word only makes a
 * warning come a little sooner or later.
 */
final class Neighbourhood {
  private static final Duration READ_EVERY = Duration.ofSeconds(2);

  // Only good readings speak: the memory keeps when the last one came, what it met and how deep it
  // was. Whoever works on a sensor may pour water under it.
  private static final String SENSORS =
      """
      SELECT s.id, s.code, s.kind, s.lon, s.lat, s.neighbours,
        (CASE WHEN s.kind = 'rain' THEN st.memory #>> '{quality,rain,at}'
          ELSE st.memory #>> '{alert,evaluatedAt}' END)::bigint AS at_ms,
        (st.memory #>> '{trend,-1,1}')::int AS depth_mm,
        st.alert_level > 0 AND (st.memory #>> '{alert,meets}')::int > 0 AS warns,
        CASE WHEN s.kind = 'rain' THEN st.memory #>> '{quality,rain}' END AS rain
      FROM sensor s
      JOIN sensor_state st ON st.sensor_id = s.id
      WHERE s.retired_at IS NULL AND s.maintenance_until IS NULL
      ORDER BY s.id
      """;

  private static final String REPORTS =
      """
      SELECT lon, lat, shown_until
      FROM report
      WHERE shown_until > ? AND category = 'flood' AND lon IS NOT NULL
      """;

  private final InstantSource clock;
  private Instant readAt = Instant.MIN;
  private List<Vicinity.Site> sites = List.of();
  private Vicinity vicinity = Vicinity.of(List.of());
  private Map<Integer, Vicinity.Word> words = Map.of();
  private List<Vicinity.ConfirmedReport> reports = List.of();

  Neighbourhood(InstantSource clock) {
    this.clock = clock;
  }

  /** Reads again what is older than a few seconds. */
  void refresh(Connection connection) throws SQLException {
    Instant now = clock.instant();
    if (!readAt.equals(Instant.MIN) && now.isBefore(readAt.plus(READ_EVERY))) {
      return;
    }
    readSensors(connection);
    readReports(connection, now);
    readAt = now;
  }

  /** What is known around a sensor at the time of a reading. */
  Surroundings around(int sensorId, Instant at) {
    return vicinity.around(sensorId, at, words::get, reports);
  }

  private void readSensors(Connection connection) throws SQLException {
    List<Vicinity.Site> seen = new ArrayList<>();
    Map<Integer, Vicinity.Word> said = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SENSORS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        seen.add(site(row));
        long atMillis = row.getLong("at_ms");
        if (!row.wasNull()) {
          said.put(row.getInt("id"), word(row, Instant.ofEpochMilli(atMillis)));
        }
      }
    }
    words = said;
    if (!seen.equals(sites)) {
      sites = seen;
      vicinity = Vicinity.of(seen);
    }
  }

  private static Vicinity.Site site(ResultSet row) throws SQLException {
    Array listed = row.getArray("neighbours");
    String kind = row.getString("kind");
    return new Vicinity.Site(
        row.getInt("id"),
        row.getString("code"),
        SensorKind.find(kind)
            .orElseThrow(() -> new IllegalStateException("sensor.kind is unknown: " + kind)),
        row.getDouble("lon"),
        row.getDouble("lat"),
        listed == null ? Optional.empty() : Optional.of(List.of((String[]) listed.getArray())));
  }

  private static Vicinity.Word word(ResultSet row, Instant at) throws SQLException {
    int depthMm = row.getInt("depth_mm");
    OptionalInt depth = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(depthMm);
    String rain = row.getString("rain");
    Rainfall rainfall = rain == null ? Rainfall.NONE : RainfallJson.read(SensorMemory.parse(rain));
    return new Vicinity.Word(at, depth, row.getBoolean("warns"), rainfall);
  }

  private void readReports(Connection connection, Instant now) throws SQLException {
    List<Vicinity.ConfirmedReport> confirmed = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(REPORTS)) {
      select.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          confirmed.add(
              new Vicinity.ConfirmedReport(
                  row.getDouble("lon"),
                  row.getDouble("lat"),
                  row.getObject("shown_until", OffsetDateTime.class)
                      .toInstant()
                      .truncatedTo(ChronoUnit.MILLIS)));
        }
      }
    }
    reports = confirmed;
  }
}
