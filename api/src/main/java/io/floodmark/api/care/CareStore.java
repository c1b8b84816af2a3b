package io.floodmark.api.care;

import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.AssetStore;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Care records in the database, in the caller's transaction. Only ever adds. */
final class CareStore {
  private static final String OF_FAMILY =
      """
      SELECT c.*, p.key AS photo_key,
             (SELECT min(n.id) FROM care_record n WHERE n.corrects_id = c.id) AS corrected_by
      FROM care_record c
      LEFT JOIN photo p ON p.id = c.photo_id
      WHERE c.asset_id = ANY (?)
      ORDER BY c.id DESC
      """;

  /** With values for the assets, or the view would seal the whole ward's records to answer. */
  private static final String BROKEN = "SELECT id FROM care_record_broken WHERE asset_id = ANY (?)";

  private static final String INSERT =
      """
      INSERT INTO care_record (asset_id, kind, done_on, recorded_at, staff_id, actor, signer, findings,
                               condition, risk, next_due, photo_id, corrects_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING id
      """;

  private final Connection connection;

  CareStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * The record of an asset and of those merged into it, newest entry first. Each of them has a
   * chain of its own.
   */
  List<CareEntry> ofAsset(long assetId) throws SQLException {
    Array family =
        connection.createArrayOf("bigint", new AssetStore(connection).familyOf(assetId).toArray());
    Set<Long> broken = broken(family);
    try (PreparedStatement select = connection.prepareStatement(OF_FAMILY)) {
      select.setArray(1, family);
      List<CareEntry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(entry(rows, broken));
        }
      }
      return entries;
    }
  }

  private Set<Long> broken(Array family) throws SQLException {
    Set<Long> ids = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(BROKEN)) {
      select.setArray(1, family);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong("id"));
        }
      }
    }
    return ids;
  }

  /**
   * Keeps others from adding to the record until the transaction ends, so that no entry is
   * corrected twice.
   */
  void lock(long assetId) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT FROM asset WHERE id = ? FOR UPDATE")) {
      lock.setLong(1, assetId);
      lock.execute();
    }
  }

  /** Adds an entry; the database seals it. */
  long add(long assetId, CareEntry.Entered entered, OptionalLong photoId, Caller caller, Instant at)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, assetId);
      insert.setString(2, entered.kind());
      insert.setObject(3, entered.doneOn());
      insert.setObject(4, at.atOffset(ZoneOffset.UTC));
      if (caller.staffId().isPresent()) {
        insert.setInt(5, caller.staffId().getAsInt());
      } else {
        insert.setNull(5, Types.INTEGER);
      }
      insert.setString(6, caller.actor());
      insert.setString(7, entered.signer());
      insert.setString(8, entered.findings().orElse(null));
      insert.setString(9, entered.condition().orElse(null));
      insert.setString(10, entered.risk().orElse(null));
      insert.setDate(11, entered.nextDue().map(Date::valueOf).orElse(null));
      setLong(insert, 12, photoId);
      setLong(insert, 13, entered.corrects());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong("id");
      }
    }
  }

  private static void setLong(PreparedStatement statement, int index, OptionalLong value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(index, value.getAsLong());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private static CareEntry entry(ResultSet row, Set<Long> broken) throws SQLException {
    return new CareEntry(
        row.getLong("id"),
        new CareEntry.Entered(
            row.getString("kind"),
            row.getObject("done_on", LocalDate.class),
            row.getString("signer"),
            Optional.ofNullable(row.getString("findings")),
            Optional.ofNullable(row.getString("condition")),
            Optional.ofNullable(row.getString("risk")),
            Optional.ofNullable(row.getObject("next_due", LocalDate.class)),
            id(row, "corrects_id")),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        Optional.ofNullable(row.getString("photo_key")),
        id(row, "corrected_by"),
        broken.contains(row.getLong("id")),
        CareEntry.hex(row.getBytes("seal")));
  }

  private static OptionalLong id(ResultSet row, String column) throws SQLException {
    long id = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
  }
}
