package io.floodmark.api.households;

import io.floodmark.api.access.Caller;
import io.floodmark.api.records.AssetAtHand;
import io.floodmark.api.records.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Households in the database, in the caller's transaction. */
final class HouseholdStore {
  private static final String COLUMNS =
      """
      h.id, h.head_name, h.phone, h.people, h.elderly, h.children, h.needs_help, h.note,
      h.consent_on, h.consent_how, h.version
      """;

  private static final String OF_HOUSE =
      AssetAtHand.FAMILY
          + "SELECT "
          + COLUMNS
          + """
          FROM household h
          JOIN family f ON f.id = h.asset_id
          ORDER BY h.id
          """;

  /** A house that was merged counts for the one it was merged into, at the end of the line. */
  private static final String IN_NEED =
      """
      WITH RECURSIVE stands (id, stands_for) AS (
        SELECT id, id FROM asset WHERE merged_into IS NULL AND kind = 'house'
        UNION ALL
        SELECT a.id, s.stands_for FROM asset a JOIN stands s ON a.merged_into = s.id)
      SELECT %s, a.id AS asset_id, %s AS label, coalesce(g.name, '') AS group_name
      FROM household h
      JOIN stands s ON s.id = h.asset_id
      JOIN asset a ON a.id = s.stands_for
      LEFT JOIN residential_group g ON g.id = a.group_id
      WHERE h.needs_help AND a.state <> 'removed'
        AND (cardinality(?::int[]) = 0 OR a.group_id = ANY (?::int[]))
        AND (?::int IS NULL OR a.group_id = ?::int)
      ORDER BY g.code NULLS LAST, plain_text(coalesce(a.street, '')), a.number, h.id
      """
          .formatted(COLUMNS, AssetAtHand.LABEL_SQL);

  private static final String GROUPS =
      """
      SELECT id, name FROM residential_group
      WHERE retired_at IS NULL AND (cardinality(?::int[]) = 0 OR id = ANY (?::int[]))
      ORDER BY code
      """;

  private static final String INSERT =
      """
      INSERT INTO household (head_name, phone, people, elderly, children, needs_help, note,
                             consent_on, consent_how, updated_at, asset_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING id
      """;

  private static final String UPDATE =
      AssetAtHand.FAMILY
          + """
          UPDATE household h
          SET head_name = ?, phone = ?, people = ?, elderly = ?, children = ?, needs_help = ?, note = ?,
              consent_on = ?, consent_how = ?, updated_at = ?, version = version + 1
          FROM family f
          WHERE f.id = h.asset_id AND h.id = ? AND h.version = ?
          """;

  private static final String ERASE =
      AssetAtHand.FAMILY
          + """
          DELETE FROM household h USING family f
          WHERE f.id = h.asset_id AND h.id = ?
          """;

  private final Connection connection;

  HouseholdStore(Connection connection) {
    this.connection = connection;
  }

  List<Household> ofHouse(long assetId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_HOUSE)) {
      select.setLong(1, assetId);
      List<Household> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(household(rows));
        }
      }
      return found;
    }
  }

  /** Those that somebody has to come for, in the caller's scope and, if one is given, one group. */
  List<HelpEntry> inNeed(Caller caller, OptionalInt groupId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(IN_NEED)) {
      Array scope = Scope.of(connection, caller);
      select.setArray(1, scope);
      select.setArray(2, scope);
      setInt(select, 3, groupId);
      setInt(select, 4, groupId);
      List<HelpEntry> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new HelpEntry(
                  household(rows),
                  rows.getLong("asset_id"),
                  rows.getString("label"),
                  rows.getString("group_name")));
        }
      }
      return found;
    }
  }

  /** Id to name of the groups that the caller may ask for. */
  Map<Integer, String> groups(Caller caller) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(GROUPS)) {
      Array scope = Scope.of(connection, caller);
      select.setArray(1, scope);
      select.setArray(2, scope);
      Map<Integer, String> groups = new LinkedHashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          groups.put(rows.getInt("id"), rows.getString("name"));
        }
      }
      return groups;
    }
  }

  long add(long assetId, Household household, Instant at) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int next = setFields(insert, 1, household, at);
      insert.setLong(next, assetId);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong("id");
      }
    }
  }

  /** Whether it was still there, at that house and in that version. */
  boolean change(long assetId, Household household, Instant at) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      update.setLong(1, assetId);
      int next = setFields(update, 2, household, at);
      update.setLong(next, household.id());
      update.setInt(next + 1, household.version());
      return update.executeUpdate() == 1;
    }
  }

  /** Deletes the row itself: the right to deletion. Whether it was still there. */
  boolean erase(long assetId, long id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(ERASE)) {
      delete.setLong(1, assetId);
      delete.setLong(2, id);
      return delete.executeUpdate() == 1;
    }
  }

  private static int setFields(
      PreparedStatement statement, int first, Household household, Instant at) throws SQLException {
    int i = first;
    statement.setString(i++, household.headName());
    statement.setString(i++, household.phone().orElse(null));
    setInt(statement, i++, household.people());
    setInt(statement, i++, household.elderly());
    setInt(statement, i++, household.children());
    statement.setBoolean(i++, household.needsHelp());
    statement.setString(i++, household.note().orElse(null));
    statement.setObject(i++, household.consentOn());
    statement.setString(i++, household.consentHow());
    statement.setObject(i++, at.atOffset(ZoneOffset.UTC));
    return i;
  }

  private static void setInt(PreparedStatement statement, int index, OptionalInt value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setInt(index, value.getAsInt());
    } else {
      statement.setNull(index, Types.INTEGER);
    }
  }

  private static Household household(ResultSet row) throws SQLException {
    return new Household(
        row.getLong("id"),
        row.getString("head_name"),
        Optional.ofNullable(row.getString("phone")),
        integer(row, "people"),
        integer(row, "elderly"),
        integer(row, "children"),
        row.getBoolean("needs_help"),
        Optional.ofNullable(row.getString("note")),
        row.getObject("consent_on", LocalDate.class),
        row.getString("consent_how"),
        row.getInt("version"));
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
