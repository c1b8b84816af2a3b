package io.floodmark.e2e.api;

import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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

  /** An inspection of long ago that is due again on {@code day}. */
  void dueCare(long asset, String day) throws SQLException {
    execute(
        """
        INSERT INTO care_record (asset_id, kind, done_on, recorded_at, actor, signer, next_due)
        VALUES (%d, 'inspection', '2025-11-21', now(), 'lan', 'Lan', '%s')
        """
            .formatted(asset, day));
  }

  /** A report; {@code dueAt} is empty for one that is over. */
  void report(String state, int group, String dueAt) throws SQLException {
    execute(
        """
        INSERT INTO report (number, secret_sha256, category, text, group_id, language, state, state_since, created_at, due_at)
        SELECT n, sha256(convert_to(n, 'UTF8')), 'road', 'Ổ gà', %d, 'vi', '%s', now(), now(), nullif('%s', '')::timestamptz
        FROM (SELECT (10000000 + count(*))::text FROM report) AS numbered (n)
        """
            .formatted(group, state, dueAt));
  }

  /**
   * A message of the sensor, rejected some seconds after an hour before noon.
   *
   * @param reason as SQL
   * @param payload as SQL
   */
  void rejected(String sensor, String reason, String payload, int second) throws SQLException {
    execute(
        """
        INSERT INTO rejected_message (received_at, sensor_id, topic, reason, detail, size_bytes, payload)
        SELECT timestamptz '2026-11-21T04:00:00.000123Z' + interval '%d seconds', s.id,
               'sensors/' || s.code || '/readings', %s, 'not a reading', 31, %s
        FROM sensor s WHERE s.code = '%s'
        """
            .formatted(second, reason, payload, sensor));
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
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      String text = row.next() ? row.getString(1) : null;
      return text == null ? "" : text;
    }
  }
}
