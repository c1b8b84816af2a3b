package io.floodmark.api.plates;

import io.floodmark.api.access.Caller;
import io.floodmark.api.records.Scope;
import io.floodmark.plate.PlateCode;
import io.floodmark.plate.PlateState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Plates and batches as lists, of what a caller may see: their groups' and blank ones. */
public final class PlateList {
  private static final int PAGE_ROWS = 50;
  private static final int BATCHES_MAX = 30;

  private static final String OURS =
      " (p.asset_id IS NULL OR cardinality(?::int[]) = 0 OR a.group_id = ANY (?::int[])) ";

  private static final String BATCHES =
      """
      SELECT b.id, b.made_at, b.format, b.actor, coalesce(b.note, '') AS note,
        count(*) AS plates,
        count(*) FILTER (WHERE p.state = 'made') AS unprinted,
        count(*) FILTER (WHERE p.state = 'mounted') AS mounted
      FROM plate_batch b
      JOIN plate p ON p.batch_id = b.id
      LEFT JOIN asset a ON a.id = p.asset_id
      WHERE
      """
          + OURS
          + """
            AND (?::bigint IS NULL OR b.id = ?)
          GROUP BY b.id
          ORDER BY b.id DESC
          LIMIT ?
          """;

  private final Connection connection;
  private final Caller caller;

  /** What {@code caller} may see of them. */
  public PlateList(Connection connection, Caller caller) {
    this.connection = connection;
    this.caller = caller;
  }

  /** A page of the list; {@code next} is the code after which the next one begins. */
  public record Page(List<Plate> plates, Optional<PlateCode> next) {}

  Map<PlateState, Integer> counts() throws SQLException {
    Map<PlateState, Integer> counts = new EnumMap<>(PlateState.class);
    for (PlateState state : PlateState.values()) {
      counts.put(state, 0);
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT p.state, count(*)" + PlateRows.FROM + "WHERE" + OURS + "GROUP BY p.state")) {
      bindScope(query, 1);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          counts.put(PlateState.find(row.getString(1)).orElseThrow(), row.getInt(2));
        }
      }
    }
    return counts;
  }

  /** Of one state, or of all; in the order of their codes, which tells nothing. */
  Page page(Optional<PlateState> state, Optional<PlateCode> after) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + PlateRows.COLUMNS
                + PlateRows.FROM
                + "WHERE"
                + OURS
                + "AND (?::text IS NULL OR p.state = ?) AND p.code > ? ORDER BY p.code LIMIT ?")) {
      bindScope(query, 1);
      String key = state.map(PlateState::key).orElse(null);
      query.setString(3, key);
      query.setString(4, key);
      query.setString(5, after.map(PlateCode::value).orElse(""));
      query.setInt(6, PAGE_ROWS + 1);
      List<Plate> plates = plates(query);
      return plates.size() <= PAGE_ROWS
          ? new Page(plates, Optional.empty())
          : new Page(plates.subList(0, PAGE_ROWS), Optional.of(plates.get(PAGE_ROWS - 1).code()));
    }
  }

  /** The plates of a batch in the order of its labels. */
  List<Plate> ofBatch(long batchId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + PlateRows.COLUMNS
                + PlateRows.FROM
                + "WHERE"
                + OURS
                + "AND p.batch_id = ? ORDER BY "
                + PlateRows.WALKING_ORDER
                + ", p.code")) {
      bindScope(query, 1);
      query.setLong(3, batchId);
      return plates(query);
    }
  }

  /** The last batches, newest first. */
  List<PlateBatch> batches() throws SQLException {
    return batches(OptionalLong.empty());
  }

  /** A batch of which the caller may see a plate. */
  public Optional<PlateBatch> batch(long id) throws SQLException {
    return batches(OptionalLong.of(id)).stream().findFirst();
  }

  private List<PlateBatch> batches(OptionalLong id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BATCHES)) {
      bindScope(query, 1);
      for (int i = 3; i <= 4; i++) {
        query.setObject(i, id.isPresent() ? id.getAsLong() : null, java.sql.Types.BIGINT);
      }
      query.setInt(5, BATCHES_MAX);
      List<PlateBatch> batches = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          batches.add(
              new PlateBatch(
                  row.getLong("id"),
                  PlateRows.time(row, "made_at").orElseThrow(),
                  PlateFormat.find(row.getString("format")).orElseThrow(),
                  row.getString("actor"),
                  row.getString("note"),
                  row.getInt("plates"),
                  row.getInt("unprinted"),
                  row.getInt("mounted")));
        }
      }
      return batches;
    }
  }

  private static List<Plate> plates(PreparedStatement query) throws SQLException {
    List<Plate> plates = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        plates.add(PlateRows.plate(row));
      }
    }
    return plates;
  }

  private void bindScope(PreparedStatement query, int from) throws SQLException {
    query.setArray(from, Scope.of(connection, caller));
    query.setArray(from + 1, Scope.of(connection, caller));
  }
}
