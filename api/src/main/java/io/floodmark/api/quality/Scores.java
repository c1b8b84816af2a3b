package io.floodmark.api.quality;

import io.floodmark.api.assets.AssetKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Counts, when somebody looks: the scores are never older than the page. */
final class Scores {
  private static final String COUNT =
      """
      SELECT group_id, count(*),
             count(*) FILTER (WHERE is_right),
             count(*) FILTER (WHERE missing = '{}'),
             count(*) FILTER (WHERE NOT is_twin AND invalid = '{}'),
             count(*) FILTER (WHERE is_alive)
      FROM judged
      WHERE cardinality(?::integer[]) = 0 OR group_id = ANY (?)
      GROUP BY group_id
      ORDER BY group_id
      """;

  /**
   * A sensor belongs to no residential group. Its newest reading says whether it is right; it is
   * complete with a name and an address of its own; clean if nothing of it was rejected today and
   * no other stands in the same spot; alive as long as the map does not call it silent.
   */
  private static final String SENSORS =
      """
      SELECT count(*),
             count(*) FILTER (WHERE st.qc = 1),
             count(*) FILTER (WHERE s.name <> s.code AND s.street IS NOT NULL AND s.zone IS NOT NULL),
             count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM rejected_message r
                                                WHERE r.sensor_id = s.id AND r.received_at > ?)
                                AND NOT EXISTS (SELECT 1 FROM sensor o
                                                WHERE o.id <> s.id AND o.retired_at IS NULL
                                                  AND o.lon = s.lon AND o.lat = s.lat AND o.kind = s.kind)),
             count(*) FILTER (WHERE st.last_arrival_at > ?::timestamptz
                                    - greatest(3 * s.report_interval_s, 900) * interval '1 second')
      FROM sensor s
      LEFT JOIN sensor_state st ON st.sensor_id = s.id
      WHERE s.retired_at IS NULL
      """;

  private static final int REJECTED_COUNTS_DAYS = 1;

  private Scores() {}

  /**
   * The scores of one kind, group by group.
   *
   * @param groups whose assets the reader may see; empty is all
   */
  static List<Score> of(
      Connection connection, AssetKind kind, QualityRules rules, Instant now, Set<Integer> groups)
      throws SQLException {
    Integer[] scope = groups.toArray(Integer[]::new);
    List<Score> scores = new ArrayList<>();
    try (PreparedStatement query =
            new JudgedAssets(kind, rules, now).prepare(connection, COUNT, scope, scope);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        int group = row.getInt(1);
        OptionalInt groupId = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(group);
        scores.add(score(kind.code(), groupId, row, 2));
      }
    }
    return scores;
  }

  /** The score of all sensors in service. */
  static Score ofSensors(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SENSORS)) {
      query.setObject(1, now.minus(Duration.ofDays(REJECTED_COUNTS_DAYS)).atOffset(ZoneOffset.UTC));
      query.setObject(2, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return score(Score.SENSORS, OptionalInt.empty(), row, 1);
      }
    }
  }

  private static Score score(String kind, OptionalInt groupId, ResultSet row, int first)
      throws SQLException {
    return new Score(
        kind,
        groupId,
        row.getInt(first),
        Map.of(
            Aspect.RIGHT, row.getInt(first + 1),
            Aspect.COMPLETE, row.getInt(first + 2),
            Aspect.CLEAN, row.getInt(first + 3),
            Aspect.ALIVE, row.getInt(first + 4)));
  }
}
