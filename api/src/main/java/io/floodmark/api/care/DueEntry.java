package io.floodmark.api.care;

import io.floodmark.api.access.Caller;
import io.floodmark.api.records.AssetAtHand;
import io.floodmark.api.records.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that has to be done again.
 *
 * @param assetId to what
 * @param label of it, as "12 Phố Bần"
 * @param groupName its residential group; empty for none
 * @param kind one of {@link CareKinds}
 * @param due by when
 * @param lastDone when it was done last
 */
public record DueEntry(
    long assetId, String label, String groupName, String kind, LocalDate due, LocalDate lastDone) {
  /** So many are shown; the most overdue come first. */
  static final int MOST = 500;

  /**
   * For each asset and kind its newest entry that stands says when it is due again. An asset that
   * was merged counts for the one it was merged into.
   */
  private static final String UNTIL =
      """
      WITH RECURSIVE stands (id, stands_for) AS (
        SELECT id, id FROM asset WHERE merged_into IS NULL AND state <> 'removed'
        UNION ALL
        SELECT a.id, s.stands_for FROM asset a JOIN stands s ON a.merged_into = s.id
      ), newest AS (
        SELECT DISTINCT ON (s.stands_for, c.kind) s.stands_for, c.kind, c.next_due, c.done_on
        FROM care_record c
        JOIN stands s ON s.id = c.asset_id
        WHERE NOT EXISTS (SELECT FROM care_record n WHERE n.corrects_id = c.id)
        ORDER BY s.stands_for, c.kind, c.done_on DESC, c.id DESC
      )
      SELECT a.id, %s AS label, coalesce(g.name, '') AS group_name, n.kind, n.next_due, n.done_on
      FROM newest n
      JOIN asset a ON a.id = n.stands_for
      LEFT JOIN residential_group g ON g.id = a.group_id
      WHERE n.next_due <= ?
        AND (cardinality(?::int[]) = 0 OR a.group_id = ANY (?::int[]))
      ORDER BY n.next_due, a.id, n.kind
      LIMIT %d
      """
          .formatted(AssetAtHand.LABEL_SQL, MOST);

  /** What is due up to that day, in the caller's scope. */
  static List<DueEntry> until(Connection connection, Caller caller, LocalDate day)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNTIL)) {
      Array scope = Scope.of(connection, caller);
      select.setObject(1, day);
      select.setArray(2, scope);
      select.setArray(3, scope);
      List<DueEntry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(
              new DueEntry(
                  rows.getLong("id"),
                  rows.getString("label"),
                  rows.getString("group_name"),
                  rows.getString("kind"),
                  rows.getObject("next_due", LocalDate.class),
                  rows.getObject("done_on", LocalDate.class)));
        }
      }
      return entries;
    }
  }
}
