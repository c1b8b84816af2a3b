package io.floodmark.api.assets;

import io.floodmark.api.access.Caller;
import io.floodmark.plate.PlateCode;
import io.floodmark.report.ReportState;
import io.floodmark.staff.Right;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What other parts of the office know of an asset: the plates on it and what residents reported.
 * Immutable.
 *
 * @param plates on it now or once, the newest first
 * @param reports of it that the caller may read, the newest first
 */
public record AssetTies(List<Plate> plates, List<Report> reports) {
  private static final int MOST = 20;

  private static final String PLATES =
      """
      SELECT code, state, mounted_at, checked_at FROM plate
      WHERE asset_id = ANY (?)
      ORDER BY state <> 'mounted', made_at DESC, code
      LIMIT ?
      """;

  private static final String REPORTS =
      """
      SELECT number, category, state, created_at FROM report
      WHERE asset_id = ANY (?) AND (?::integer[] = '{}' OR group_id = ANY (?))
      ORDER BY created_at DESC, id DESC
      LIMIT ?
      """;

  /** Copies the lists. */
  public AssetTies {
    plates = List.copyOf(plates);
    reports = List.copyOf(reports);
  }

  /**
   * A plate.
   *
   * @param code on it
   * @param state as {@code plate.state} has it
   * @param mounted when it was put up
   * @param checked when it was last seen there
   */
  public record Plate(
      PlateCode code, String state, Optional<Instant> mounted, Optional<Instant> checked) {
    /** The badge of its state. */
    public String look() {
      return switch (state) {
        case "mounted" -> "ok";
        case "made", "printed" -> "info";
        case "lost" -> "bad";
        default -> "off";
      };
    }
  }

  /**
   * A report.
   *
   * @param number that people quote
   * @param category as {@code report.category} has it
   * @param state what became of it
   * @param created when it came in
   */
  public record Report(String number, String category, ReportState state, Instant created) {
    /** The badge of its state. */
    public String look() {
      return state.isOpen() ? "warn" : "off";
    }
  }

  /**
   * Those of an asset, at most twenty of each.
   *
   * @param family the asset and those that were merged into it
   * @param caller who sees reports only by right, and only those of their own groups
   */
  static AssetTies of(Connection connection, Set<Long> family, Caller caller) throws SQLException {
    Array ids = connection.createArrayOf("bigint", family.toArray());
    List<Report> reports =
        caller.may(Right.SEE_REPORTS) ? reports(connection, ids, caller) : List.of();
    return new AssetTies(plates(connection, ids), reports);
  }

  private static List<Plate> plates(Connection connection, Array ids) throws SQLException {
    List<Plate> plates = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(PLATES)) {
      query.setArray(1, ids);
      query.setInt(2, MOST);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          plates.add(
              new Plate(
                  new PlateCode(row.getString(1)),
                  row.getString(2),
                  AssetRows.time(row, 3),
                  AssetRows.time(row, 4)));
        }
      }
    }
    return plates;
  }

  private static List<Report> reports(Connection connection, Array ids, Caller caller)
      throws SQLException {
    List<Report> reports = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(REPORTS)) {
      Array groups = connection.createArrayOf("integer", AssetScope.groups(caller));
      query.setArray(1, ids);
      query.setArray(2, groups);
      query.setArray(3, groups);
      query.setInt(4, MOST);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          reports.add(
              new Report(
                  row.getString(1),
                  row.getString(2),
                  ReportState.find(row.getString(3)).orElseThrow(),
                  AssetRows.time(row, 4).orElseThrow()));
        }
      }
    }
    return reports;
  }
}
