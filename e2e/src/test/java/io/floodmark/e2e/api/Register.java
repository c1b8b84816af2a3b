package io.floodmark.e2e.api;

import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Groups and assets put straight into a database, and what one looks up there. */
final class Register {
  private final Database database;

  Register(Database database) {
    this.database = database;
  }

  int group(String code) throws SQLException {
    return (int)
        number(
            "INSERT INTO residential_group (code, name) VALUES ('%s', 'Tổ %s') RETURNING id"
                .formatted(code, code));
  }

  /** An asset of no group where {@code groupId} is 0. */
  long asset(String kind, int groupId) throws SQLException {
    return number(
        """
        INSERT INTO asset (kind, lon, lat, number, street, group_id, details, created_at, updated_at)
        VALUES ('%s', 106.07, 20.94, '12/5A', 'Phố Bần', nullif(%d, 0), '{"condition":"good"}', now(), now())
        RETURNING id
        """
            .formatted(kind, groupId));
  }

  void limit(StaffClient staff, int groupId) throws SQLException {
    execute(
        "INSERT INTO staff_scope (staff_id, group_id) VALUES (%d, %d)"
            .formatted(staff.staffId, groupId));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  /** The first column of the first row; empty for null or no row. */
  String text(String sql) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      String text = row.next() ? row.getString(1) : null;
      return text == null ? "" : text;
    }
  }
}
