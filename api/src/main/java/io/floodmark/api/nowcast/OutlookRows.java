package io.floodmark.api.nowcast;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.nowcast.Drainage;
import io.floodmark.nowcast.Nowcast;
import io.floodmark.nowcast.Outlook;
import io.floodmark.nowcast.Place;
import io.floodmark.nowcast.Recession;
import io.floodmark.nowcast.WaterSample;
import io.floodmark.schema.BelievedReading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what comes next, of many sensors in two statements. Only of those under water something is
 * to be asked, so a dry ward costs nothing.
 */
public final class OutlookRows {
  // The newest are taken as they stand in the key, and only then judged. Where it sees both ends of
  // the time PostgreSQL expects a handful of rows, fetches them all and sorts them, and under load
  // that was more work than to store them; the lower end is said in a way of which it expects
  // nothing, and stops at it nevertheless.
  private static final String RECENT =
      """
      SELECT w.sensor_id, least(r.observed_at, r.received_at) AS evaluated_at, r.depth_mm
      FROM unnest(?::integer[], ?::timestamptz[], ?::timestamptz[])
        AS w (sensor_id, reading_from, newest_at)
      CROSS JOIN LATERAL (
        SELECT r.observed_at, r.received_at, r.depth_mm
        FROM (
          SELECT * FROM whole_reading
          WHERE sensor_id = w.sensor_id AND observed_at <= w.newest_at + interval '5 minutes'
            AND (sensor_id, observed_at) >= (w.sensor_id, w.reading_from)
          ORDER BY observed_at DESC
          LIMIT %d
        ) AS r
        WHERE NOT r.backfill
          AND least(r.observed_at, r.received_at) <= w.newest_at
          AND %s
        ORDER BY r.observed_at DESC
        LIMIT %d
      ) AS r
      ORDER BY w.sensor_id, evaluated_at
      """;

  private static final String PAST =
      """
      SELECT w.sensor_id, d.from_mm, d.tau_minutes, d.exponential_rmse_mm, d.mm_per_min,
             d.linear_rmse_mm
      FROM unnest(?::integer[]) AS w (sensor_id)
      CROSS JOIN LATERAL (
        SELECT * FROM recession r
        WHERE r.sensor_id = w.sensor_id AND r.from_mm IS NOT NULL
        ORDER BY r.ended_at DESC
        LIMIT %d
      ) AS d
      ORDER BY w.sensor_id, d.ended_at DESC
      """;

  /** A quarter of an hour of one every five seconds. */
  private static final int READINGS_MAX = 180;

  /** So many, doubted and late ones among them, are looked at for those. */
  private static final int LOOKED_AT_MAX = 2 * READINGS_MAX;

  private OutlookRows() {}

  /** Who says what comes next. */
  @FunctionalInterface
  public interface Source {
    /** What comes next at each of them, by id. */
    Map<Integer, Outlook> of(Connection connection, List<Question> questions) throws SQLException;
  }

  /**
   * A sensor under water.
   *
   * @param newestAt event time of its newest evaluated reading
   * @param policy its thresholds
   * @param standingLevel level of its flood alert, 0 for none
   */
  public record Question(
      int sensorId,
      Instant newestAt,
      AlertPolicy policy,
      int lowPointDeltaMm,
      Duration reportInterval,
      int standingLevel) {}

  /** What comes next at each of them, by id. */
  public static Map<Integer, Outlook> of(Connection connection, List<Question> questions)
      throws SQLException {
    Map<Integer, Outlook> outlooks = new HashMap<>();
    if (questions.isEmpty()) {
      return outlooks;
    }
    Map<Integer, List<WaterSample>> recent = recent(connection, questions);
    Map<Integer, List<Recession>> past = past(connection, questions);
    for (Question question : questions) {
      List<WaterSample> believed = recent.getOrDefault(question.sensorId(), List.of());
      boolean newestIsBelieved =
          !believed.isEmpty() && believed.get(believed.size() - 1).at().equals(question.newestAt());
      Place place =
          new Place(
              question.policy(),
              question.lowPointDeltaMm(),
              question.reportInterval(),
              past.getOrDefault(question.sensorId(), List.of()));
      outlooks.put(
          question.sensorId(),
          Nowcast.next(place, believed, newestIsBelieved, question.standingLevel()));
    }
    return outlooks;
  }

  private static Map<Integer, List<WaterSample>> recent(
      Connection connection, List<Question> questions) throws SQLException {
    Map<Integer, List<WaterSample>> recent = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            RECENT.formatted(LOOKED_AT_MAX, BelievedReading.CONDITION, READINGS_MAX))) {
      select.setArray(1, connection.createArrayOf("int4", ids(questions)));
      select.setArray(
          2,
          connection.createArrayOf(
              "timestamptz",
              questions.stream()
                  .map(
                      question ->
                          question.newestAt().minus(Nowcast.WINDOW).atOffset(ZoneOffset.UTC))
                  .toArray()));
      select.setArray(
          3,
          connection.createArrayOf(
              "timestamptz",
              questions.stream()
                  .map(question -> question.newestAt().atOffset(ZoneOffset.UTC))
                  .toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          recent
              .computeIfAbsent(row.getInt("sensor_id"), id -> new ArrayList<>())
              .add(
                  new WaterSample(
                      row.getObject("evaluated_at", OffsetDateTime.class).toInstant(),
                      row.getInt("depth_mm")));
        }
      }
    }
    return recent;
  }

  private static Map<Integer, List<Recession>> past(Connection connection, List<Question> questions)
      throws SQLException {
    Map<Integer, List<Recession>> past = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(PAST.formatted(Drainage.FLOODS_MAX))) {
      select.setArray(1, connection.createArrayOf("int4", ids(questions)));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          past.computeIfAbsent(row.getInt("sensor_id"), id -> new ArrayList<>())
              .add(
                  new Recession(
                      row.getInt("from_mm"),
                      row.getDouble("tau_minutes"),
                      row.getDouble("exponential_rmse_mm"),
                      row.getDouble("mm_per_min"),
                      row.getDouble("linear_rmse_mm")));
        }
      }
    }
    return past;
  }

  private static Object[] ids(List<Question> questions) {
    return questions.stream().map(Question::sensorId).toArray();
  }
}
