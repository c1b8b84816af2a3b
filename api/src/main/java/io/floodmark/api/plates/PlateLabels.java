package io.floodmark.api.plates;

import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.plates.label.Label;
import io.floodmark.api.plates.label.LabelSheet;
import io.floodmark.api.plates.label.PlateAddress;
import io.floodmark.api.records.Scope;
import io.floodmark.plate.PlateCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What stands on the labels of a batch, in the ward's language. Plates that are over have none. */
public final class PlateLabels {
  private static final String OF_BATCH =
      """
      SELECT p.code, coalesce(k.name_vi, '') AS kind, coalesce(a.ref, '') AS ref,
        CASE WHEN a.kind = 'house' THEN coalesce(a.number, '') ELSE '' END AS house_number,
        coalesce(a.street, a.place, '') AS street,
        CASE WHEN a.kind = 'house' THEN '' ELSE coalesce(a.name, a.details ->> 'commonName',
             a.details ->> 'species', '') END AS name,
        coalesce(g.name, '') AS group_name
      FROM plate p
      LEFT JOIN asset a ON a.id = p.asset_id
      LEFT JOIN asset_kind k ON k.code = a.kind
      LEFT JOIN residential_group g ON g.id = a.group_id
      WHERE p.batch_id = ? AND p.state IN ('made', 'printed', 'mounted')
        AND (p.asset_id IS NULL OR cardinality(?::int[]) = 0 OR a.group_id = ANY (?::int[]))
      ORDER BY
      """
          + PlateRows.WALKING_ORDER
          + ", p.code";

  private static final Texts TEXTS = Texts.load(Language.VI, "staff", "plates");

  private PlateLabels() {}

  /** The labels of a batch that the caller may see, in their order. */
  public static List<Label> ofBatch(Connection connection, Caller caller, long batchId)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_BATCH)) {
      query.setLong(1, batchId);
      query.setArray(2, Scope.of(connection, caller));
      query.setArray(3, Scope.of(connection, caller));
      List<Label> labels = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          labels.add(label(row));
        }
      }
      return labels;
    }
  }

  /**
   * The labels as PDF.
   *
   * @param firstPlace on the first page, from 1
   */
  public static byte[] pdf(
      PlateAddress address, PlateFormat format, int firstPlace, List<Label> labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new LabelSheet(address).write(format.paper(), firstPlace, labels, out);
    } catch (IOException e) {
      throw new UncheckedIOException("A label sheet is written into memory.", e);
    }
    return out.toByteArray();
  }

  private static Label label(ResultSet row) throws SQLException {
    PlateCode code = new PlateCode(row.getString("code"));
    String kind = row.getString("kind");
    String ward = joined(row.getString("group_name"), TEXTS.of("frame.ward"));
    if (kind.isEmpty()) {
      return new Label(code, TEXTS.of("label.blank"), "", ward);
    }
    String houseNumber = row.getString("house_number");
    String street = row.getString("street");
    if (!houseNumber.isEmpty()) {
      return new Label(code, TEXTS.of("label.house", "number", houseNumber), street, ward);
    }
    String number = (kind + " " + row.getString("ref")).strip();
    return new Label(code, number, joined(row.getString("name"), street), ward);
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
  }
}
