package io.floodmark.api.assets;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Many assets at once, as they stand: all that a filter takes, or those of some numbers. */
public final class AssetCursor {
  /** Rows that are fetched at once: a few hundred kilobytes. */
  private static final int FETCH_ROWS = 1_000;

  private AssetCursor() {}

  /**
   * Which assets are meant; none that was merged into another.
   *
   * @param kind code of their kind
   * @param groups ids of the residential groups that they must belong to; empty for all
   * @param state in their life
   * @param words that must all stand in their number, name, address or species, without accents; a
   *     word may be the beginning of one
   */
  public record Filter(
      Optional<String> kind,
      Collection<Integer> groups,
      Optional<AssetState> state,
      Optional<String> words) {
    /** Copies the groups. */
    public Filter {
      groups = List.copyOf(groups);
    }

    /** All assets. */
    public static final Filter ALL =
        new Filter(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    private void addTo(StringBuilder sql, List<Object> values) {
      kind.ifPresent(
          code -> {
            sql.append(" AND a.kind = ?");
            values.add(code);
          });
      if (!groups.isEmpty()) {
        sql.append(" AND a.group_id = ANY (?)");
        values.add(groups.toArray(Integer[]::new));
      }
      state.ifPresent(
          asked -> {
            sql.append(" AND a.state = ?");
            values.add(asked.key());
          });
      words
          .map(PlainText::words)
          .filter(asked -> !asked.isEmpty())
          .ifPresent(
              asked -> {
                sql.append(" AND a.words @@ to_tsquery('simple', ?)");
                values.add(String.join(":* & ", asked) + ":*");
              });
    }
  }

  /** What becomes of each asset. */
  @FunctionalInterface
  public interface Sink {
    /** Takes one. */
    void take(Asset asset) throws IOException;
  }

  /**
   * Hands over all that {@code filter} takes, in the order in which they came into the register, a
   * thousand at a time in memory. Must run in a transaction: PostgreSQL's cursors live in one.
   */
  public static void each(Connection connection, Filter filter, Sink sink)
      throws SQLException, IOException {
    StringBuilder sql =
        new StringBuilder("SELECT ")
            .append(AssetRows.COLUMNS)
            .append(" FROM asset a WHERE a.merged_into IS NULL");
    List<Object> values = new ArrayList<>();
    filter.addTo(sql, values);
    sql.append(" ORDER BY a.id");
    try (PreparedStatement query = connection.prepareStatement(sql.toString())) {
      query.setFetchSize(FETCH_ROWS);
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof Integer[] groups) {
          query.setArray(i + 1, connection.createArrayOf("integer", groups));
        } else {
          query.setObject(i + 1, values.get(i));
        }
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          sink.take(AssetRows.asset(row));
        }
      }
    }
  }

  /** The assets of a kind that have these numbers, by number. */
  public static Map<String, Asset> ofRefs(
      Connection connection, String kind, Collection<String> refs) throws SQLException {
    Map<String, Asset> found = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + AssetRows.COLUMNS
                + " FROM asset a WHERE a.kind = ? AND a.ref = ANY (?) AND a.merged_into IS NULL")) {
      query.setString(1, kind);
      query.setArray(2, connection.createArrayOf("text", refs.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Asset asset = AssetRows.asset(row);
          found.put(asset.content().ref().orElseThrow(), asset);
        }
      }
    }
    return found;
  }
}
