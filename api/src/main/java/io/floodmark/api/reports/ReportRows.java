package io.floodmark.api.reports;

import io.floodmark.api.access.SecretToken;
import io.floodmark.report.FloodDepth;
import io.floodmark.report.ReportCategory;
import io.floodmark.report.ReportState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads reports and what belongs to them. */
public final class ReportRows {
  static final String SELECT =
      """
      SELECT r.*, g.name AS group_name, s.name AS assigned_name, d.number AS duplicate_number, d.state AS duplicate_state,
             a.id AS known_asset,
             CASE WHEN a.kind = 'house'
                  THEN coalesce(nullif(concat_ws(' ', a.number, a.street), ''), a.place, k.name_vi)
                  ELSE concat_ws(', ', concat_ws(' ', coalesce(a.name, a.details ->> 'commonName', k.name_vi), a.ref),
                                 nullif(concat_ws(' ', a.number, a.street), ''), a.place)
             END AS asset_name
      FROM report r
      LEFT JOIN residential_group g ON g.id = r.group_id
      LEFT JOIN staff s ON s.id = r.assigned_to
      LEFT JOIN report d ON d.id = r.duplicate_of
      LEFT JOIN asset a ON a.id = r.asset_id
      LEFT JOIN asset_kind k ON k.code = a.kind
      """;

  private ReportRows() {}

  /**
   * What was done with a report.
   *
   * @param at when
   * @param kind as {@code screened}
   * @param actor who; empty for the reporter
   * @param publicNote for the reporter to read
   * @param note for staff
   */
  public record Event(
      Instant at, String kind, String actor, Optional<String> publicNote, Optional<String> note) {}

  /** What the reporter added. */
  public record Message(Instant at, String text) {}

  /**
   * A photo of a report.
   *
   * @param id the database's
   * @param key its name in addresses
   * @param isEvidence whether staff sent it
   * @param isPublic whether staff made it public
   */
  public record Attached(
      long id, String key, int width, int height, boolean isEvidence, boolean isPublic) {}

  static Optional<ReportRow> byNumber(Connection connection, String number) throws SQLException {
    return one(connection, SELECT + "WHERE r.number = ?", number);
  }

  /** The same, and nobody else changes it before the transaction ends. */
  static Optional<ReportRow> locked(Connection connection, String number) throws SQLException {
    return one(connection, SELECT + "WHERE r.number = ? FOR UPDATE OF r", number);
  }

  static Optional<ReportRow> bySecret(Connection connection, String secret) throws SQLException {
    return one(connection, SELECT + "WHERE r.secret_sha256 = ?", SecretToken.sha256(secret));
  }

  static Optional<ReportRow> lockedBySecret(Connection connection, String secret)
      throws SQLException {
    return one(
        connection,
        SELECT + "WHERE r.secret_sha256 = ? FOR UPDATE OF r",
        SecretToken.sha256(secret));
  }

  private static Optional<ReportRow> one(Connection connection, String sql, Object value)
      throws SQLException {
    try (PreparedStatement select = Bound.statement(connection, sql, value);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  static List<ReportRow> list(PreparedStatement select) throws SQLException {
    List<ReportRow> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(read(row));
      }
    }
    return rows;
  }

  static List<Event> events(Connection connection, long reportId) throws SQLException {
    List<Event> events = new ArrayList<>();
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT e.at, e.kind, coalesce(s.name, e.actor) AS actor, e.public_note, e.note
                FROM report_event e
                LEFT JOIN staff s ON s.id = e.staff_id
                WHERE e.report_id = ?
                ORDER BY e.id
                """,
                reportId);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        events.add(
            new Event(
                Bound.time(row, "at").orElseThrow(),
                row.getString("kind"),
                row.getString("actor"),
                Bound.text(row, "public_note"),
                Bound.text(row, "note")));
      }
    }
    return events;
  }

  static List<Message> messages(Connection connection, long reportId) throws SQLException {
    List<Message> messages = new ArrayList<>();
    try (PreparedStatement select =
            Bound.statement(
                connection,
                "SELECT at, text FROM report_message WHERE report_id = ? ORDER BY id",
                reportId);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        messages.add(new Message(Bound.time(row, "at").orElseThrow(), row.getString("text")));
      }
    }
    return messages;
  }

  static List<Attached> photos(Connection connection, long reportId) throws SQLException {
    List<Attached> photos = new ArrayList<>();
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT p.id, p.key, p.width, p.height, rp.is_evidence, rp.is_public
                FROM report_photo rp
                JOIN photo p ON p.id = rp.photo_id
                WHERE rp.report_id = ?
                ORDER BY p.id
                """,
                reportId);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        photos.add(
            new Attached(
                row.getLong("id"),
                row.getString("key"),
                row.getInt("width"),
                row.getInt("height"),
                row.getBoolean("is_evidence"),
                row.getBoolean("is_public")));
      }
    }
    return photos;
  }

  private static ReportRow read(ResultSet row) throws SQLException {
    long asset = row.getLong("known_asset");
    Optional<Long> assetId = row.wasNull() ? Optional.empty() : Optional.of(asset);
    return new ReportRow(
        row.getLong("id"),
        row.getString("number"),
        new ReportRow.What(
            ReportCategory.find(row.getString("category")).orElseThrow(),
            Bound.text(row, "flood_depth").flatMap(FloodDepth::find),
            Bound.text(row, "text"),
            Bound.text(row, "contact")),
        new ReportRow.Where(
            assetId,
            assetId.isPresent() ? Bound.text(row, "asset_name") : Optional.empty(),
            Bound.text(row, "place"),
            Bound.decimal(row, "lon"),
            Bound.decimal(row, "lat"),
            Bound.integer(row, "group_id"),
            Bound.text(row, "group_name")),
        ReportState.find(row.getString("state")).orElseThrow(),
        Bound.time(row, "state_since").orElseThrow(),
        Bound.time(row, "created_at").orElseThrow(),
        Bound.time(row, "due_at"),
        Bound.integer(row, "assigned_to"),
        Bound.text(row, "assigned_name"),
        Bound.text(row, "duplicate_number"),
        Bound.text(row, "duplicate_state").flatMap(ReportState::find),
        Bound.text(row, "answer"),
        Bound.time(row, "shown_until"),
        Bound.time(row, "erased_at"),
        row.getInt("version"),
        row.getBoolean("made_up"));
  }
}
