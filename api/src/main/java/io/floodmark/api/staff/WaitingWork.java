package io.floodmark.api.staff;

import io.floodmark.api.access.Caller;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What waits for somebody who comes to the desk, within their scope.
 *
 * @param openReports that somebody still has to do something about
 * @param overdueReports those of them that are past their time
 * @param ownReports those of them that were given to the caller
 * @param dueCare inspections and care that are due by today
 * @param registerEmpty whether the ward has no asset at all yet
 * @param lastSignIn their sign-in before this one
 */
public record WaitingWork(
    int openReports,
    int overdueReports,
    int ownReports,
    int dueCare,
    boolean registerEmpty,
    Optional<PastSignIn> lastSignIn) {
  private static final String REPORTS =
      """
      SELECT count(*), count(*) FILTER (WHERE due_at < ?), count(*) FILTER (WHERE assigned_to = ?),
             NOT EXISTS (SELECT FROM asset)
      FROM report
      WHERE state IN ('received', 'screened', 'assigned', 'in_progress')
        AND (cardinality(?::int[]) = 0 OR group_id = ANY (?::int[]))
      """;

  /**
   * Counts what the list of due care shows, but begins at the entries that are due: few of the
   * ward's trees are. Entries of an asset that was merged count for the one it was merged into.
   */
  private static final String CARE =
      """
      WITH RECURSIVE due (id, merged_into) AS (
        SELECT a.id, a.merged_into
        FROM care_record c JOIN asset a ON a.id = c.asset_id
        WHERE c.next_due <= ?
        UNION
        SELECT a.id, a.merged_into FROM asset a JOIN due d ON a.id = d.merged_into
      ), stands (id, stands_for) AS (
        SELECT a.id, a.id
        FROM asset a
        WHERE a.id IN (SELECT id FROM due) AND a.merged_into IS NULL AND a.state <> 'removed'
          AND (cardinality(?::int[]) = 0 OR a.group_id = ANY (?::int[]))
        UNION ALL
        SELECT a.id, s.stands_for FROM asset a JOIN stands s ON a.merged_into = s.id
      ), newest AS (
        SELECT DISTINCT ON (s.stands_for, c.kind) c.next_due
        FROM care_record c
        JOIN stands s ON s.id = c.asset_id
        WHERE NOT EXISTS (SELECT FROM care_record n WHERE n.corrects_id = c.id)
        ORDER BY s.stands_for, c.kind, c.done_on DESC, c.id DESC
      )
      SELECT count(*) FROM newest WHERE next_due <= ?
      """;

  private static final String LAST_SIGN_IN =
      """
      SELECT created_at, address, device
      FROM staff_session
      WHERE staff_id = ? AND id <> ?
      ORDER BY created_at DESC, id DESC
      LIMIT 1
      """;

  /**
   * A sign-in that was.
   *
   * @param at when
   * @param address from where
   * @param device the browser, in a word or two; empty if it is unknown
   */
  public record PastSignIn(Instant at, String address, String device) {}

  /** Reads it; {@code today} is the ward's. */
  static WaitingWork of(Connection connection, Caller caller, Instant now, LocalDate today)
      throws SQLException {
    Array scope = connection.createArrayOf("int4", caller.groups().toArray());
    int due = dueCare(connection, scope, today);
    Optional<PastSignIn> last = lastSignIn(connection, caller);
    try (PreparedStatement select = connection.prepareStatement(REPORTS)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      select.setInt(2, caller.staffId().orElse(0));
      select.setArray(3, scope);
      select.setArray(4, scope);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new WaitingWork(
            row.getInt(1), row.getInt(2), row.getInt(3), due, row.getBoolean(4), last);
      }
    }
  }

  private static int dueCare(Connection connection, Array scope, LocalDate today)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(CARE)) {
      select.setObject(1, today);
      select.setArray(2, scope);
      select.setArray(3, scope);
      select.setObject(4, today);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static Optional<PastSignIn> lastSignIn(Connection connection, Caller caller)
      throws SQLException {
    if (caller.session().isEmpty() || caller.staffId().isEmpty()) {
      return Optional.empty();
    }
    try (PreparedStatement select = connection.prepareStatement(LAST_SIGN_IN)) {
      select.setInt(1, caller.staffId().getAsInt());
      select.setLong(2, caller.session().get().id());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new PastSignIn(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    row.getString(2),
                    Device.of(row.getString(3))))
            : Optional.empty();
      }
    }
  }
}
