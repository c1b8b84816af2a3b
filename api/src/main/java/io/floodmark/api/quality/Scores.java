package io.floodmark.api.quality;

import io.floodmark.api.assets.AssetKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

  private static final String SENSORS =
      """
      SELECT count(*),
             count(*) FILTER (WHERE is_right),
             count(*) FILTER (WHERE is_complete),
             count(*) FILTER (WHERE is_clean),
             count(*) FILTER (WHERE is_alive)
      FROM judged
      """;

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
    try (PreparedStatement query = JudgedSensors.prepare(connection, now, SENSORS);
        ResultSet row = query.executeQuery()) {
      row.next();
      return score(Score.SENSORS, OptionalInt.empty(), row, 1);
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
