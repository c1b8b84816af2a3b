package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about accounts, beside a database that is running already. */
class StaffCommandTest {
  @TempDir static Path temp;
  private static EmbeddedPostgres postgres;

  private String out = "";
  private String err = "";

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.open(temp.resolve("data"), FolderKind.SERVE);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    assertEquals(0, staff("list"));
    sql("DELETE FROM staff_session; DELETE FROM staff_scope");
    sql("DELETE FROM staff; DELETE FROM residential_group");
  }

  @Test
  void anAccountIsMadeWithAPasswordThatIsPrintedOnceAndStoredAsItsHash() throws SQLException {
    assertEquals(0, staff("add", "lan.nguyen", "--name=Nguyễn Thị Lan", "--role=operator"));
    String password = password("lan.nguyen");
    assertFalse(password.isEmpty(), out);
    assertEquals(
        "Nguyễn Thị Lan|operator|false|true|true",
        sql(
            """
            SELECT concat_ws('|', name, role, sees_households::text, must_change::text,
              (password_hash LIKE '$argon2id$%')::text)
            FROM staff WHERE login = 'lan.nguyen'
            """));
    assertEquals(
        "0",
        sql("SELECT count(*) FROM staff WHERE position('" + password + "' IN password_hash) > 0"));
    assertEquals(
        "command line",
        sql("SELECT actor FROM audit_entry WHERE subject = 'staff:lan.nguyen' ORDER BY id DESC"));
    staff("list");
    assertFalse(out.contains(password), out);
  }

  @Test
  void anAccountIsLimitedToTheGroupsThatAreNamed() throws SQLException {
    sql("INSERT INTO residential_group (code, name) VALUES ('tdp-01', 'Tổ 1'), ('tdp-02', 'Tổ 2')");
    String[] line = {"add", "binh", "--name=Bình", "--role=viewer", "--group=tdp-02"};
    assertEquals(0, staff(line));
    assertEquals(
        "tdp-02",
        sql(
            """
            SELECT string_agg(g.code, ',') FROM staff_scope c
            JOIN residential_group g ON g.id = c.group_id
            JOIN staff s ON s.id = c.staff_id AND s.login = 'binh'
            """));
    staff("list");
    assertTrue(out.lines().anyMatch(one -> one.startsWith("binh ") && one.contains("Tổ 2")), out);
  }

  @Test
  void anAccountOfAnUnknownGroupIsNotMade() throws SQLException {
    assertEquals(1, staff("add", "binh", "--name=Bình", "--role=viewer", "--group=nowhere"));
    assertTrue(err.endsWith("Nothing was changed.\n"), err);
    assertEquals("0", sql("SELECT count(*) FROM staff"));
  }

  @Test
  void everythingThatIsWrongWithAnAccountIsSaidAtOnce() {
    assertEquals(1, staff("add", "Lan Nguyễn", "--name= ", "--role=boss"));
    assertEquals(4, err.strip().lines().count(), err);
    assertEquals(2, staff("add", "lan"));
    assertEquals(1, err.lines().count(), err);
  }

  @Test
  void aLoginIsTakenOnlyOnce() throws SQLException {
    assertEquals(0, staff("add", "lan", "--name=Lan", "--role=admin", "--households"));
    assertEquals("true", sql("SELECT sees_households::text FROM staff"));
    assertEquals(1, staff("add", "lan", "--name=Lan", "--role=admin"));
    assertTrue(err.contains("taken"), err);
  }

  @Test
  void aNewPasswordEndsTheSessionsOfTheOldOne() throws SQLException {
    staff("add", "lan", "--name=Lan", "--role=operator");
    String before = password("lan");
    String hash = sql("SELECT password_hash FROM staff");
    sql(
        """
        INSERT INTO staff_session
          (token_sha256, staff_id, csrf_token, created_at, seen_at, expires_at, address, device)
        SELECT sha256('x'), id, 'x', now(), now(), now() + interval '1 day', '127.0.0.1', ''
        FROM staff
        """);
    assertEquals(0, staff("password", "lan"));
    assertFalse(out.isBlank());
    assertNotEquals(before, out.strip());
    assertNotEquals(hash, sql("SELECT password_hash FROM staff"));
    assertEquals("0", sql("SELECT count(*) FROM staff_session WHERE ended_at IS NULL"));
    assertEquals(1, staff("password", "nobody"));
    assertTrue(err.contains("There is no account nobody."), err);
  }

  private String password(String login) {
    return out.lines()
        .filter(line -> line.startsWith(login + ","))
        .findFirst()
        .orElseThrow(() -> new AssertionError(out + err))
        .substring(login.length() + 1);
  }

  private int staff(String... arguments) {
    List<String> line = new ArrayList<>(List.of("staff"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--data-dir", postgres.dataDirectory().toString()));
    StringWriter said = new StringWriter();
    StringWriter complained = new StringWriter();
    int code =
        SensorCommandTest.commands()
            .setOut(new PrintWriter(said))
            .setErr(new PrintWriter(complained))
            .execute(line.toArray(String[]::new));
    out = said.toString();
    err = complained.toString();
    return code;
  }

  private static String sql(String text) throws SQLException {
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(text)) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }
}
