package io.floodmark.api.sensors.preview;

import io.floodmark.api.sensors.register.SensorEntry;
import io.floodmark.judging.Vicinity;
import io.floodmark.sensor.SensorKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what was known around a sensor. In a transaction, on a thread that may block. */
final class PastRows {
  /** More readings of gauges than these are not looked at: the older ones are left out. */
  private static final int GAUGE_READINGS_MAX = 200_000;

  private static final String SITES =
      """
      SELECT id, code, kind, lon, lat, neighbours FROM sensor WHERE retired_at IS NULL ORDER BY id
      """;

  // Showers reach no further than Vicinity lets them; this only spares reading the whole ward's.
  private static final String RAIN =
      """
      SELECT * FROM (
        SELECT r.sensor_id, r.observed_at, r.received_at, r.rain_mm
        FROM sensor g
        JOIN whole_reading r ON r.sensor_id = g.id
        WHERE g.kind = 'rain' AND g.retired_at IS NULL
          AND abs(g.lat - ?) < 0.05 AND abs(g.lon - ?) < 0.05
          AND r.observed_at >= ? AND r.observed_at < ?
          AND r.rain_mm >= 0 AND r.qc IN (1, 2)
        ORDER BY r.received_at DESC
        LIMIT ?
      ) AS newest
      ORDER BY received_at, observed_at
      """;

  // Water was last seen one delay before its alert ended.
  private static final String FLOODS =
      """
      SELECT a.sensor_id, a.since,
        coalesce(greatest(a.since, a.cleared_at - make_interval(secs => s.clear_delay_s)), ?)
          AS seen_until
      FROM alert a
      JOIN sensor s ON s.id = a.sensor_id
      WHERE a.kind = 'flood' AND a.sensor_id <> ? AND (a.cleared_at IS NULL OR a.cleared_at >= ?)
        AND abs(s.lat - ?) < 0.05 AND abs(s.lon - ?) < 0.05
      """;

  private static final String REPORTS =
      """
      SELECT r.lon, r.lat, r.shown_until,
        (SELECT min(e.at) FROM report_event e WHERE e.report_id = r.id AND e.kind = 'confirmed')
          AS confirmed_at
      FROM report r
      WHERE r.shown_until > ? AND r.category = 'flood' AND r.lon IS NOT NULL
      """;

  private PastRows() {}

  /** What was known around {@code entry}, which may stand elsewhere than its row says. */
  static PastSurroundings of(
      Connection connection, int sensorId, SensorEntry entry, Instant from, Instant to)
      throws SQLException {
    return new PastSurroundings(
        sensorId,
        Vicinity.of(sites(connection, sensorId, entry)),
        rain(connection, entry, from, to),
        floods(connection, sensorId, entry, from, to),
        reports(connection, from));
  }

  private static List<Vicinity.Site> sites(Connection connection, int sensorId, SensorEntry entry)
      throws SQLException {
    List<Vicinity.Site> sites = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SITES);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        int id = row.getInt("id");
        boolean itself = id == sensorId;
        Array listed = row.getArray("neighbours");
        sites.add(
            new Vicinity.Site(
                id,
                row.getString("code"),
                itself ? entry.kind() : SensorKind.find(row.getString("kind")).orElseThrow(),
                itself ? entry.lon() : row.getDouble("lon"),
                itself ? entry.lat() : row.getDouble("lat"),
                listed == null
                    ? Optional.empty()
                    : Optional.of(List.of((String[]) listed.getArray()))));
      }
    }
    return sites;
  }

  private static List<PastSurroundings.GaugeReading> rain(
      Connection connection, SensorEntry entry, Instant from, Instant to) throws SQLException {
    List<PastSurroundings.GaugeReading> readings = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(RAIN)) {
      select.setQueryTimeout(PreviewRows.QUERY_TIMEOUT_S);
      select.setFetchSize(PreviewRows.FETCH_ROWS);
      select.setDouble(1, entry.lat());
      select.setDouble(2, entry.lon());
      select.setObject(3, from.atOffset(ZoneOffset.UTC));
      select.setObject(4, to.atOffset(ZoneOffset.UTC));
      select.setInt(5, GAUGE_READINGS_MAX);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          readings.add(
              new PastSurroundings.GaugeReading(
                  row.getInt("sensor_id"),
                  time(row, "observed_at"),
                  time(row, "received_at"),
                  row.getDouble("rain_mm")));
        }
      }
    }
    return readings;
  }

  private static Map<Integer, NavigableMap<Instant, Instant>> floods(
      Connection connection, int sensorId, SensorEntry entry, Instant from, Instant to)
      throws SQLException {
    Map<Integer, NavigableMap<Instant, Instant>> floods = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(FLOODS)) {
      select.setObject(1, to.atOffset(ZoneOffset.UTC));
      select.setInt(2, sensorId);
      select.setObject(3, from.atOffset(ZoneOffset.UTC));
      select.setDouble(4, entry.lat());
      select.setDouble(5, entry.lon());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          floods
              .computeIfAbsent(row.getInt("sensor_id"), id -> new TreeMap<>())
              .put(time(row, "since"), time(row, "seen_until"));
        }
      }
    }
    return floods;
  }

  private static List<PastSurroundings.ShownReport> reports(Connection connection, Instant from)
      throws SQLException {
    List<PastSurroundings.ShownReport> reports = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(REPORTS)) {
      select.setObject(1, from.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          OffsetDateTime confirmedAt = row.getObject("confirmed_at", OffsetDateTime.class);
          if (confirmedAt != null) {
            reports.add(
                new PastSurroundings.ShownReport(
                    confirmedAt.toInstant(),
                    new Vicinity.ConfirmedReport(
                        row.getDouble("lon"), row.getDouble("lat"), time(row, "shown_until"))));
          }
        }
      }
    }
    return reports;
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
