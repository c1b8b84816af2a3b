package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.schema.Database;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresTest {
  @TempDir static Path temp;
  private static Path folder;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    folder = temp.resolve("shared");
    postgres = EmbeddedPostgres.open(folder, FolderKind.SERVE);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"})
  void whatAnAcknowledgementRestsOnIsOn(String setting) throws SQLException {
    assertEquals("on", query(postgres.database(), "SHOW " + setting));
  }

  @Test
  void theServerListensOnLoopbackAloneAndOnNoSocketFile() throws SQLException {
    assertEquals("127.0.0.1", query(postgres.database(), "SHOW listen_addresses"));
    String port = query(postgres.database(), "SHOW port");
    assertFalse(Files.exists(Path.of("/tmp", ".s.PGSQL." + port)));
  }

  @Test
  void vietnameseHasUpperAndLowerCase() throws SQLException {
    assertEquals("ngã tư bần", query(postgres.database(), "SELECT lower('NGÃ TƯ BẦN')"));
  }

  @Test
  void theProgramsRoleOwnsItsDatabaseAndIsNoSuperuser() throws SQLException {
    String sql = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user";
    assertEquals("f", query(postgres.database(), sql));
    query(postgres.database(), "CREATE TABLE owned (n int); SELECT 1");
    query(postgres.database(), "DROP TABLE owned; SELECT 1");
  }

  @ParameterizedTest
  @CsvSource({
    "floodmark, wrong",
    "floodmark, ''",
    "postgres, ''",
    "postgres, postgres",
    "root, ''"
  })
  void nobodyGetsInWithoutThePassword(String user, String password) {
    String url = postgres.database().url();
    SQLException refused =
        assertThrows(
            SQLException.class, () -> DriverManager.getConnection(url, user, password).close());
    // 28P01 invalid password; 08004: the driver itself refuses to answer without one.
    assertTrue(
        List.of("28P01", "08004").contains(refused.getSQLState()),
        () -> refused.getSQLState() + " " + refused.getMessage());
  }

  @Test
  void theAddressDoesNotTellThePassword() {
    assertFalse(postgres.database().toString().contains(postgres.database().password()));
  }

  @Test
  void aSecondStartIsRefusedAndNamesTheFirst() {
    FolderInUse refused =
        assertThrows(FolderInUse.class, () -> EmbeddedPostgres.open(folder, FolderKind.SERVE));
    String first = "process " + ProcessHandle.current().pid();
    assertTrue(refused.getMessage().contains(first), refused::getMessage);
    assertFalse(refused.getMessage().contains("\n"));
  }

  @Test
  void anotherProcessFindsTheRunningDatabase() throws Exception {
    Process other = javaMain(Finder.class, folder);
    try (BufferedReader out = other.inputReader()) {
      assertEquals(postgres.database().url() + " 1", out.readLine());
    }
    assertTrue(other.waitFor(30, TimeUnit.SECONDS));
  }

  @Test
  void aKilledServerIsBackOnItsPortWithWhatWasCommitted() throws Exception {
    query(postgres.database(), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7); SELECT 1");
    long killed = postgres.findPid().orElseThrow();
    assertTrue(ProcessHandle.of(killed).orElseThrow().destroyForcibly());
    assertEquals("7", queryOnceItRuns("SELECT n FROM kept", killed));
    query(postgres.database(), "DROP TABLE kept; SELECT 1");
  }

  @Test
  void anEmptyFolderIsNobodysAndHasNothingRunning() {
    assertTrue(EmbeddedPostgres.findRunning(temp.resolve("nowhere")).isEmpty());
    assertTrue(EmbeddedPostgres.findKind(temp.resolve("nowhere")).isEmpty());
    assertEquals(FolderKind.SERVE, EmbeddedPostgres.findKind(folder).orElseThrow());
  }

  @Test
  void whoeverIsStoppedDoesNotWaitForADatabaseToComeUp(@TempDir Path other) {
    try (DataFolder starting = DataFolder.open(other, FolderKind.SERVE)) {
      assertThrows(Stopped.class, () -> EmbeddedPostgres.findRunning(starting.root(), () -> true));
    }
  }

  @Test
  void aDemoDoesNotTouchAnothersFolder() {
    Failure refused =
        assertThrows(Failure.class, () -> EmbeddedPostgres.open(folder, FolderKind.DEMO));
    assertTrue(refused.getMessage().contains("data folder of a `serve`"), refused::getMessage);
  }

  @Test
  void aFolderThatIsNotOursIsRefusedAndLeftAlone(@TempDir Path other) throws IOException {
    Path photo = Files.createFile(other.resolve("photo.jpg"));
    Failure refused =
        assertThrows(Failure.class, () -> EmbeddedPostgres.open(other, FolderKind.SERVE));
    assertTrue(refused.getMessage().contains("photo.jpg"), refused::getMessage);
    try (var entries = Files.list(other)) {
      assertEquals(List.of(photo), entries.toList());
    }
  }

  @Test
  void whatAKilledOwnerLeftRunningIsTakenOverWithItsData(@TempDir Path other) throws Exception {
    Process owner = javaMain(Owner.class, other.resolve("data"));
    long orphan;
    try (BufferedReader out = owner.inputReader()) {
      orphan = Long.parseLong(out.readLine());
      FolderInUse refused =
          assertThrows(
              FolderInUse.class,
              () -> EmbeddedPostgres.open(other.resolve("data"), FolderKind.DEMO));
      assertTrue(refused.getMessage().contains("process " + owner.pid()), refused::getMessage);
      owner.destroyForcibly().waitFor();
    }
    assertTrue(ProcessHandle.of(orphan).orElseThrow().isAlive());
    EmbeddedPostgres second = EmbeddedPostgres.open(other.resolve("data"), FolderKind.DEMO);
    try (second) {
      assertNotEquals(orphan, second.findPid().orElseThrow());
      assertEquals("42", query(second.database(), "SELECT n FROM left_behind"));
    }
    assertEquals(OptionalLong.empty(), second.findPid());
    leftoversOfOthersAreNoObstacle(other.resolve("data"), second.database());
  }

  /** Continues on the same folder, to spare the making of another. */
  private static void leftoversOfOthersAreNoObstacle(Path data, Database before) throws Exception {
    // A stale pid file whose number belongs by now to a process that is no PostgreSQL: this one.
    long stranger = ProcessHandle.current().pid();
    Files.writeString(data.resolve("database").resolve("postmaster.pid"), stranger + "\n");
    // Some programs were deleted, as cleaners of temporary folders do.
    Files.delete(data.resolve("postgresql-" + Build.CURRENT.postgresql() + "/bin/pg_ctl"));
    try (EmbeddedPostgres third = EmbeddedPostgres.open(data, FolderKind.DEMO)) {
      assertEquals(before.url(), third.database().url());
      assertEquals("42", query(third.database(), "SELECT n FROM left_behind"));
    }
    Failure stopped =
        assertThrows(Failure.class, () -> EmbeddedPostgres.open(data, FolderKind.DEMO, () -> true));
    assertTrue(stopped.getMessage().startsWith("Stopped"), stopped::getMessage);
    assertFalse(Files.exists(data.resolve("database").resolve("postmaster.pid")));
    Files.writeString(data.resolve("database").resolve("PG_VERSION"), "16\n");
    Failure refused =
        assertThrows(Failure.class, () -> EmbeddedPostgres.open(data, FolderKind.DEMO));
    assertTrue(refused.getMessage().contains("PostgreSQL 16"), refused::getMessage);
    assertTrue(
        refused.getMessage().contains("backup floodmark.backup --data-dir " + data.toRealPath())
            && refused.getMessage().contains("restore floodmark.backup --data-dir"),
        refused::getMessage);
  }

  private static String queryOnceItRuns(String sql, long notPid) throws Exception {
    long start = System.nanoTime();
    while (true) {
      OptionalLong pid = postgres.findPid();
      try {
        if (pid.isPresent() && pid.getAsLong() != notPid) {
          return query(postgres.database(), sql);
        }
      } catch (SQLException e) {
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
          throw e;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static String query(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }

  private static void say(String line) {
    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
        .println(line);
  }

  private static Process javaMain(Class<?> main, Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Runs a database, says its process id and waits to be killed. */
  static final class Owner {
    public static void main(String[] args) throws Exception {
      EmbeddedPostgres postgres = EmbeddedPostgres.open(Path.of(args[0]), FolderKind.DEMO);
      query(
          postgres.database(),
          "CREATE TABLE left_behind (n int); INSERT INTO left_behind VALUES (42); SELECT 1");
      say(Long.toString(postgres.findPid().orElseThrow()));
      int end = System.in.read();
      System.exit(end);
    }
  }

  /** Finds a database that another process runs. */
  static final class Finder {
    public static void main(String[] args) throws Exception {
      Database database = EmbeddedPostgres.findRunning(Path.of(args[0])).orElseThrow();
      say(database.url() + " " + query(database, "SELECT 1"));
    }
  }
}
