package io.floodmark.api.assets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which assets are meant; never those merged into others. Immutable.
 *
 * @param bounds where
 * @param kind code of their kind
 * @param group code of their residential group; "-" for those that belong to none
 * @param condition value of their field {@code condition}
 * @param state in their life; without one, all that are not removed
 * @param search words to be found; empty for any
 * @param within ids of the groups that the caller is limited to; empty for the whole ward
 * @param openWordsOnly whether only words count that everybody may read
 */
public record AssetFilter(
    Optional<Bounds> bounds,
    Optional<String> kind,
    Optional<String> group,
    Optional<String> condition,
    Optional<AssetState> state,
    String search,
    List<Integer> within,
    boolean openWordsOnly) {
  /** In place of a group's code. */
  public static final String NO_GROUP = "-";

  /** Without the names of houses, which may be those of people, and without the ward's numbers. */
  private static final String OPEN_WORDS =
      """
      to_tsvector('simple'::regconfig, regexp_replace(plain_text(
        coalesce(a.number, '') || ' ' || coalesce(a.street, '') || ' '
        || CASE WHEN a.kind = 'house' THEN '' ELSE coalesce(a.name, '') || ' ' || coalesce(a.place, '') END || ' '
        || coalesce(a.details ->> 'species', '') || ' ' || coalesce(a.details ->> 'commonName', '')),
        '[^a-z0-9]+', ' ', 'g'))\
      """;

  /** Copies the list. */
  public AssetFilter {
    within = List.copyOf(within);
  }

  /** A condition of SQL on {@code asset a} and what stands for its question marks. */
  public record Where(String sql, List<Object> parameters) {
    /**
     * Sets the parameters.
     *
     * @param from index of the first, from 1
     * @return index of the one after the last
     */
    public int bind(Connection connection, PreparedStatement statement, int from)
        throws SQLException {
      int index = from;
      for (Object parameter : parameters) {
        if (parameter instanceof List<?> list) {
          boolean words = !list.isEmpty() && list.get(0) instanceof String;
          statement.setArray(
              index, connection.createArrayOf(words ? "text" : "bigint", list.toArray()));
        } else {
          statement.setObject(index, parameter);
        }
        index++;
      }
      return index;
    }
  }

  /** The condition; {@code kinds} are all there are. */
  public Where where(AssetKinds kinds) {
    List<String> clauses = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    clauses.add("a.merged_into IS NULL");
    bounds.ifPresent(
        box -> {
          clauses.add("point(a.lon, a.lat) <@ box(point(?, ?), point(?, ?))");
          parameters.addAll(List.of(box.west(), box.south(), box.east(), box.north()));
        });
    kind.ifPresent(
        code -> {
          clauses.add("a.kind = ?");
          parameters.add(code);
        });
    if (group.isPresent() && group.get().equals(NO_GROUP)) {
      clauses.add("a.group_id IS NULL");
    } else if (group.isPresent()) {
      clauses.add("a.group_id = (SELECT id FROM residential_group WHERE code = ?)");
      parameters.add(group.get());
    }
    condition.ifPresent(
        value -> {
          clauses.add("a.details ->> 'condition' = ?");
          parameters.add(value);
        });
    if (state.isPresent()) {
      clauses.add("a.state = ?");
      parameters.add(state.get().key());
    } else {
      clauses.add("a.state <> 'removed'");
    }
    if (!within.isEmpty()) {
      clauses.add("a.group_id = ANY (?)");
      parameters.add(within);
    }
    if (!PlainText.words(search).isEmpty()) {
      clauses.add(searching(kinds, parameters));
    }
    return new Where(String.join("\n  AND ", clauses), parameters);
  }

  private String searching(AssetKinds kinds, List<Object> parameters) {
    List<String> either = new ArrayList<>();
    for (AssetSearch.Part part : AssetSearch.parts(search, kinds.all())) {
      StringBuilder sql = new StringBuilder("a.kind = ANY (?)");
      parameters.add(part.kinds());
      if (!part.tsquery().isEmpty()) {
        sql.append(" AND a.words @@ to_tsquery('simple', ?)");
        parameters.add(part.tsquery());
        if (openWordsOnly) {
          sql.append(" AND ").append(OPEN_WORDS).append(" @@ to_tsquery('simple', ?)");
          parameters.add(part.tsquery());
        }
      }
      either.add("(" + sql + ")");
    }
    return "(" + String.join(" OR ", either) + ")";
  }
}
