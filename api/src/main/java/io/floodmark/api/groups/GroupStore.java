package io.floodmark.api.groups;

import io.floodmark.api.access.Caller;
import io.floodmark.api.records.AssetAtHand;
import io.floodmark.api.records.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Residential groups in the database, in the caller's transaction. */
final class GroupStore {
  private static final String ALL =
      """
      SELECT g.id, g.code, g.name, g.retired_at IS NOT NULL AS retired,
             (SELECT count(*) FROM asset a WHERE a.group_id = g.id AND a.merged_into IS NULL) AS assets
      FROM residential_group g
      """;

  private static final String IN_USE =
      "SELECT code, name FROM residential_group WHERE retired_at IS NULL ORDER BY code";

  private static final String PEOPLE =
      """
      SELECT group_id, id, name, duty, coalesce(phone, '') AS phone
      FROM group_person
      WHERE cardinality(?::int[]) = 0 OR group_id = ANY (?::int[])
      ORDER BY group_id, id
      """;

  private final Connection connection;

  GroupStore(Connection connection) {
    this.connection = connection;
  }

  /** All groups by code, those no longer in use last. */
  List<ResidentialGroup> all() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(ALL + "ORDER BY g.retired_at IS NOT NULL, g.code")) {
      return groups(select);
    }
  }

  /** Code to name of the groups in use: all that the public sees. */
  Map<String, String> publicNames() throws SQLException {
    Map<String, String> names = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(IN_USE);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        names.put(rows.getString("code"), rows.getString("name"));
      }
    }
    return names;
  }

  /** The group of that id, locked until the transaction ends; 404 if there is none. */
  ResidentialGroup get(int id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(ALL + "WHERE g.id = ? FOR UPDATE OF g")) {
      select.setInt(1, id);
      return groups(select).stream().findFirst().orElseThrow(AssetAtHand::notFound);
    }
  }

  private static List<ResidentialGroup> groups(PreparedStatement select) throws SQLException {
    List<ResidentialGroup> groups = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        groups.add(
            new ResidentialGroup(
                rows.getInt("id"),
                rows.getString("code"),
                rows.getString("name"),
                rows.getBoolean("retired"),
                rows.getInt("assets")));
      }
    }
    return groups;
  }

  /** The people in charge by the id of their group, of the groups in the caller's scope. */
  Map<Integer, List<GroupPerson>> people(Caller caller) throws SQLException {
    Map<Integer, List<GroupPerson>> people = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(PEOPLE)) {
      Array scope = Scope.of(connection, caller);
      select.setArray(1, scope);
      select.setArray(2, scope);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          people
              .computeIfAbsent(rows.getInt("group_id"), id -> new ArrayList<>())
              .add(
                  new GroupPerson(
                      rows.getInt("id"),
                      rows.getString("name"),
                      rows.getString("duty"),
                      rows.getString("phone")));
        }
      }
    }
    return people;
  }

  /** Adds a group; empty if the code is taken. */
  Optional<Integer> add(String code, String name, Instant at) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO residential_group (code, name, created_at) VALUES (?, ?, ?)
            ON CONFLICT (code) DO NOTHING
            RETURNING id
            """)) {
      insert.setString(1, code);
      insert.setString(2, name);
      insert.setObject(3, at.atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? Optional.of(row.getInt("id")) : Optional.empty();
      }
    }
  }

  void rename(int id, String name) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE residential_group SET name = ? WHERE id = ?")) {
      update.setString(1, name);
      update.setInt(2, id);
      update.executeUpdate();
    }
  }

  /** Takes a group out of use, or back into it. */
  void setRetired(int id, Optional<Instant> at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE residential_group SET retired_at = ? WHERE id = ?")) {
      update.setObject(1, at.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null));
      update.setInt(2, id);
      update.executeUpdate();
    }
  }

  int addPerson(int groupId, GroupPerson person) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO group_person (group_id, name, duty, phone)
            VALUES (?, ?, ?, nullif(?, ''))
            RETURNING id
            """)) {
      insert.setInt(1, groupId);
      insert.setString(2, person.name());
      insert.setString(3, person.duty());
      insert.setString(4, person.phone());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getInt("id");
      }
    }
  }

  /** Whether there was such a person in that group. */
  boolean changePerson(int groupId, GroupPerson person) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE group_person SET name = ?, duty = ?, phone = nullif(?, '')
            WHERE group_id = ? AND id = ?
            """)) {
      update.setString(1, person.name());
      update.setString(2, person.duty());
      update.setString(3, person.phone());
      update.setInt(4, groupId);
      update.setInt(5, person.id());
      return update.executeUpdate() == 1;
    }
  }

  /** Whether there was such a person in that group. */
  boolean removePerson(int groupId, int personId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM group_person WHERE group_id = ? AND id = ?")) {
      delete.setInt(1, groupId);
      delete.setInt(2, personId);
      return delete.executeUpdate() == 1;
    }
  }
}
