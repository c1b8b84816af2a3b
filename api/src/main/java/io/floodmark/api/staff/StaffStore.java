package io.floodmark.api.staff;

import io.floodmark.staff.Role;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Accounts in the database. Whoever changes one writes to the audit log in the same transaction.
 * The last administrator who can sign in stays one: each change that could end that first locks the
 * administrators' rows.
 */
public final class StaffStore {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private static final String SELECT =
      """
      SELECT s.id, s.login, s.name, s.role, s.sees_households, s.must_change, s.created_at, s.disabled_at,
             (SELECT max(seen_at) FROM staff_session WHERE staff_id = s.id),
             ARRAY(SELECT group_id FROM staff_scope WHERE staff_id = s.id ORDER BY group_id),
             ARRAY(SELECT g.name FROM staff_scope x JOIN residential_group g ON g.id = x.group_id
                   WHERE x.staff_id = s.id ORDER BY g.name)
      FROM staff s
      """;

  private static final String ADD =
      """
      INSERT INTO staff (login, name, role, sees_households, password_hash, password_changed_at, must_change, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """;

  private StaffStore() {}

  /** All accounts: those in use first, by name. */
  public static List<StaffMember> list(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT + "ORDER BY s.disabled_at IS NOT NULL, plain_text(s.name), s.login")) {
      return members(query);
    }
  }

  /** One account. */
  public static Optional<StaffMember> find(Connection connection, int id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + "WHERE s.id = ?")) {
      query.setInt(1, id);
      return members(query).stream().findFirst();
    }
  }

  /** The account of that login. */
  public static Optional<StaffMember> find(Connection connection, String login)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + "WHERE s.login = ?")) {
      query.setString(1, login);
      return members(query).stream().findFirst();
    }
  }

  /** Residential groups in use, by id: what an account can be limited to. */
  public static Map<Integer, String> groups(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT id, name FROM residential_group WHERE retired_at IS NULL ORDER BY id");
        ResultSet row = query.executeQuery()) {
      Map<Integer, String> groups = new TreeMap<>();
      while (row.next()) {
        groups.put(row.getInt(1), row.getString(2));
      }
      return groups;
    }
  }

  /** The group of that code. */
  public static Optional<Integer> findGroup(Connection connection, String code)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id FROM residential_group WHERE code = ? AND retired_at IS NULL")) {
      query.setString(1, code);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  /**
   * Makes an account.
   *
   * @param mustChange whether its first user has to set another password
   * @return its number
   * @throws StaffRefusal if the login is taken or a group is unknown
   */
  public static int add(
      Connection connection, StaffEntry entry, String passwordHash, boolean mustChange, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
      insert.setString(1, entry.login());
      insert.setString(2, entry.name());
      insert.setString(3, entry.role().key());
      insert.setBoolean(4, entry.seesHouseholds());
      insert.setString(5, passwordHash);
      insert.setObject(6, at);
      insert.setBoolean(7, mustChange);
      insert.setObject(8, at);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        int id = row.getInt(1);
        setGroups(connection, id, entry.groups());
        return id;
      }
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw new StaffRefusal("login", "people.login.taken");
      }
      throw e;
    }
  }

  /**
   * Changes everything but the login, which stands in histories.
   *
   * @throws StaffRefusal if it would leave no administrator, or a group is unknown
   */
  public static void change(Connection connection, int id, StaffEntry entry) throws SQLException {
    if (entry.role() != Role.ADMIN) {
      requireAnotherAdmin(connection, id, "role");
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE staff SET name = ?, role = ?, sees_households = ? WHERE id = ?")) {
      update.setString(1, entry.name());
      update.setString(2, entry.role().key());
      update.setBoolean(3, entry.seesHouseholds());
      update.setInt(4, id);
      update.executeUpdate();
    }
    setGroups(connection, id, entry.groups());
  }

  /** Lets nobody sign in with it any more, and ends its sessions. */
  public static void disable(Connection connection, int id, Instant now) throws SQLException {
    requireAnotherAdmin(connection, id, "disable");
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE staff SET disabled_at = coalesce(disabled_at, ?) WHERE id = ?")) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setInt(2, id);
      update.executeUpdate();
    }
    SessionStore.endAll(connection, id, now);
  }

  /** Lets them sign in again. */
  public static void enable(Connection connection, int id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE staff SET disabled_at = NULL WHERE id = ?")) {
      update.setInt(1, id);
      update.executeUpdate();
    }
  }

  /** Sets another password. Sessions are the caller's to end. */
  public static void setPassword(
      Connection connection, int id, String passwordHash, boolean mustChange, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE staff SET password_hash = ?, must_change = ?, password_changed_at = ? WHERE id = ?
            """)) {
      update.setString(1, passwordHash);
      update.setBoolean(2, mustChange);
      update.setObject(3, now.atOffset(ZoneOffset.UTC));
      update.setInt(4, id);
      update.executeUpdate();
    }
  }

  private static void requireAnotherAdmin(Connection connection, int id, String field)
      throws SQLException {
    Set<Integer> admins = new HashSet<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT id FROM staff WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE
                """);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        admins.add(row.getInt(1));
      }
    }
    if (admins.equals(Set.of(id))) {
      throw new StaffRefusal(field, "people.lastAdmin");
    }
  }

  private static void setGroups(Connection connection, int id, Set<Integer> groups)
      throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM staff_scope WHERE staff_id = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO staff_scope (staff_id, group_id) SELECT ?, unnest(?)")) {
      delete.setInt(1, id);
      delete.executeUpdate();
      insert.setInt(1, id);
      insert.setArray(2, connection.createArrayOf("integer", groups.toArray()));
      insert.executeUpdate();
    } catch (SQLException e) {
      if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
        throw new StaffRefusal("groups", "people.groups.bad");
      }
      throw e;
    }
  }

  private static List<StaffMember> members(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      List<StaffMember> members = new ArrayList<>();
      while (row.next()) {
        members.add(member(row));
      }
      return members;
    }
  }

  private static StaffMember member(ResultSet row) throws SQLException {
    return new StaffMember(
        row.getInt(1),
        new StaffEntry(
            row.getString(2),
            row.getString(3),
            Role.find(row.getString(4)).orElseThrow(),
            row.getBoolean(5),
            Set.of((Integer[]) array(row, 10))),
        List.of((String[]) array(row, 11)),
        row.getBoolean(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        instant(row, 8),
        instant(row, 9));
  }

  private static Object array(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array.getArray();
  }

  static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
