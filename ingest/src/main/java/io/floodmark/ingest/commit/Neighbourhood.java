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
 * by whichever process. Safe for use by any thread.
 *
 * <p>It is read again every few seconds and not for each batch: a neighbour's word only makes a
 * warning come a little sooner or later. As a chore of {@link Timers} it is read beside the
 * commits, which would have to wait for it; they read it themselves only where the chore has not.
 */
public final class Neighbourhood implements Timers.Chore {
  private static final Duration READ_EVERY = Duration.ofSeconds(2);

  /**
   * The chore has its turn once a second, and batches are judged some time before they are written.
   */
  private static final Duration RECENT = READ_EVERY.multipliedBy(2);

  // Only good readings speak: the memory keeps when the last one came, what it met and how deep it
  // was. Whoever works on a sensor may pour water under it. The memory is taken apart once: to find
  // one field in it takes as long as to find all.
  private static final String SENSORS =
      """
      SELECT s.id, s.code, s.kind, s.lon, s.lat, s.neighbours,
        (CASE WHEN s.kind = 'rain' THEN memory.quality #>> '{rain,at}'
          ELSE memory.alert ->> 'evaluatedAt' END)::bigint AS at_ms,
        (memory.trend #>> '{-1,1}')::int AS depth_mm,
        st.alert_level > 0 AND (memory.alert ->> 'meets')::int > 0 AS warns,
        CASE WHEN s.kind = 'rain' THEN memory.quality ->> 'rain' END AS rain
      FROM sensor s
      JOIN sensor_state st ON st.sensor_id = s.id
      CROSS JOIN json_to_record(st.memory) AS memory (trend json, alert json, quality json)
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

  /** Whether it was judged by since the chore last read it. */
  private volatile boolean wanted;

  private volatile Seen seen =
      new Seen(Instant.MIN, List.of(), Vicinity.of(List.of()), Map.of(), List.of());

  /** All of it as it was read at one time. */
  private record Seen(
      Instant readAt,
      List<Vicinity.Site> sites,
      Vicinity vicinity,
      Map<Integer, Vicinity.Word> words,
      List<Vicinity.ConfirmedReport> reports) {

    /** Not once the clock was set back behind it: who knows by how much. */
    boolean isYounger(Duration age, Instant now) {
      return !now.isBefore(readAt) && now.isBefore(readAt.plus(age));
    }
  }

  /** Knows nothing yet. */
  public Neighbourhood(InstantSource clock) {
    this.clock = clock;
  }

  /** Reads it again in time, if anybody has judged by it. */
  @Override
  public void run(Connection connection, Instant now) throws SQLException {
    if (wanted && !seen.isYounger(READ_EVERY, clock.instant())) {
      wanted = false;
      read(connection);
    }
  }

  /** Reads it if it is too old to judge by. */
  void ensureRecent(Connection connection) throws SQLException {
    if (!isRecent()) {
      read(connection);
    }
  }

  /** Whether it may be judged by without reading it again. */
  boolean isRecent() {
    return seen.isYounger(RECENT, clock.instant());
  }

  /** What is known around a sensor at the time of a reading. */
  Surroundings around(int sensorId, Instant at) {
    if (!wanted) {
      wanted = true;
    }
    Seen now = seen;
    return now.vicinity().around(sensorId, at, now.words()::get, now.reports());
  }

  private void read(Connection connection) throws SQLException {
    Instant now = clock.instant();
    List<Vicinity.Site> sites = new ArrayList<>();
    Map<Integer, Vicinity.Word> words = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SENSORS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        sites.add(site(row));
        long atMillis = row.getLong("at_ms");
        if (!row.wasNull()) {
          words.put(row.getInt("id"), word(row, Instant.ofEpochMilli(atMillis)));
        }
      }
    }
    Vicinity vicinity = sites.equals(seen.sites()) ? seen.vicinity() : Vicinity.of(sites);
    seen = new Seen(now, sites, vicinity, words, readReports(connection, now));
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

  private static List<Vicinity.ConfirmedReport> readReports(Connection connection, Instant now)
      throws SQLException {
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
    return confirmed;
  }
}
