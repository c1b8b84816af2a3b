package io.floodmark.api.quality;

import io.floodmark.api.assets.AssetKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What to fix next: wrong records before incomplete ones, those before unchecked and stale ones.
 */
final class Worklist {
  /** As many as somebody may get through in a day. */
  static final int LENGTH = 50;

  private static final String NEXT =
      """
      SELECT id, ref, coalesce(name, concat_ws(', ', number, street)), missing, invalid, is_twin,
             NOT is_right, NOT is_alive
      FROM judged
      WHERE (cardinality(?::integer[]) = 0 OR group_id = ANY (?))
        AND (? = 0 OR group_id = ?)
        AND CASE ?
              WHEN 'right' THEN NOT is_right
              WHEN 'complete' THEN missing <> '{}'
              WHEN 'clean' THEN is_twin OR invalid <> '{}'
              WHEN 'alive' THEN NOT is_alive
              ELSE NOT is_right OR missing <> '{}' OR is_twin OR invalid <> '{}' OR NOT is_alive
            END
      ORDER BY is_twin OR invalid <> '{}' DESC, cardinality(missing) DESC, is_right, is_alive, id
      LIMIT ?
      """;

  private Worklist() {}

  /**
   * The next tasks of a kind.
   *
   * @param groups whose assets the reader may see; empty is all
   * @param groupId one of them, if only that counts
   * @param aspect which one has to be at fault; empty is any
   */
  static List<Task> of(
      Connection connection,
      AssetKind kind,
      QualityRules rules,
      Instant now,
      Set<Integer> groups,
      OptionalInt groupId,
      Optional<Aspect> aspect)
      throws SQLException {
    Integer[] scope = groups.toArray(Integer[]::new);
    // Ids begin at 1.
    int group = groupId.orElse(0);
    List<Task> tasks = new ArrayList<>();
    try (PreparedStatement query =
            new JudgedAssets(kind, rules, now)
                .prepare(
                    connection,
                    NEXT,
                    scope,
                    scope,
                    group,
                    group,
                    aspect.map(Aspect::key).orElse("any"),
                    LENGTH);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        tasks.add(
            new Task(
                row.getLong(1),
                Optional.ofNullable(row.getString(2)),
                row.getString(3),
                keys(row.getArray(4)),
                keys(row.getArray(5)),
                row.getBoolean(6),
                row.getBoolean(7),
                row.getBoolean(8)));
      }
    }
    return tasks;
  }

  private static List<String> keys(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
