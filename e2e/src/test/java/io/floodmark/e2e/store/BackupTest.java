package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.backup.Backup;
import io.floodmark.backup.BackupException;
import io.floodmark.backup.BackupFile;
import io.floodmark.backup.Manifest;
import io.floodmark.backup.Progress;
import io.floodmark.backup.Restore;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of either engine, restored on the other. */
final class BackupTest {
  private static final Instant NOW = Instant.parse("2026-07-21T12:00:00Z");
  private static final Progress QUIET = (step, table, rows, done) -> {};

  /** Filled by the last release with fixtures, and migrated; nobody changes it. */
  private static Database source;

  private static TestDatabase filled;

  @TempDir Path folder;

  private final List<TestDatabase> opened = new ArrayList<>();

  @BeforeAll
  static void fill() throws Exception {
    filled = TestDatabase.open(Engine.EMBEDDED);
    source = filled.database();
    layAndFill(source, "015");
    migrate(source);
    try (Connection connection = source.connect()) {
      ReleasedRows.addAfterMigration(connection);
    }
  }

  @AfterAll
  static void drop() throws SQLException {
    filled.close();
  }

  @AfterEach
  void close() throws SQLException {
    for (TestDatabase database : opened) {
      database.close();
    }
  }

  @Test
  void everyRowComesBackOnEitherEngineAndAgain() throws Exception {
    Map<String, String> before = contents(source);
    assertTrue(before.size() > 30, before::toString);

    Database other = empty(Engine.TIMESCALE);
    restore(backup(source, "first"), other);
    assertEquals(before, contents(other));
    Database back = empty(Engine.EMBEDDED);
    restore(backup(other, "second"), back);
    assertEquals(before, contents(back));
    assertGoesOn(back);
    assertGoesOn(other);
  }

  @Test
  void aBackupIsForItsOwnersEyesAndHoldsNoSession() throws Exception {
    Path file = backup(source, "own");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (BackupFile backup = BackupFile.open(file)) {
      List<String> tables = backup.manifest().tables().stream().map(Manifest.Table::name).toList();
      assertTrue(tables.contains("mqtt_retained"), tables::toString);
      Backup.leftOut().forEach(table -> assertFalse(tables.contains(table), table));
      assertFalse(tables.contains("wrong_guess"), "counts of guesses are no data");
      assertEquals("[2026-06, 2026-07, 2026-11, 2126-01]", backup.manifest().months().toString());
    }
  }

  @Test
  void aBackupOfAnOlderReleaseIsMigratedOnceItIsIn() throws Exception {
    Database old = empty(Engine.EMBEDDED);
    layAndFill(old, "005");
    Path file = backup(old, "old");
    Database restored = empty(Engine.TIMESCALE);
    restore(file, restored);
    assertEquals("62", one(restored, "SELECT count(*) FROM reading"));
    assertEquals("0", one(restored, "SELECT count(*) FROM care_record_broken"));
    assertEquals(newest(restored), one(restored, "SELECT max(version) FROM flyway_schema_history"));
    assertEquals(
        "t",
        one(restored, "SELECT acknowledged_at IS NOT NULL FROM alert WHERE state = 'cleared'"),
        "what the migration does with rows, it did with these");
  }

  @Test
  void aBackupOfANewerReleaseIsRefusedInASentence() throws Exception {
    Database newer = empty(Engine.EMBEDDED);
    layAndFill(newer, "001");
    execute(
        newer,
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)
        VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, true)
        """);
    Path file = backup(newer, "newer");
    Database target = empty(Engine.EMBEDDED);
    BackupException refused = assertThrows(BackupException.class, () -> restore(file, target));
    assertTrue(refused.getMessage().contains("as of step 999"), refused::getMessage);
    assertEquals("0", one(target, "SELECT count(*) FROM pg_class WHERE relname = 'sensor'"));
  }

  @Test
  void aDatabaseThatHoldsAnythingIsRefused() throws Exception {
    Path file = backup(source, "whole");
    Database target = empty(Engine.EMBEDDED);
    execute(target, "CREATE TABLE somebody_elses (id integer)");
    BackupException refused = assertThrows(BackupException.class, () -> restore(file, target));
    assertTrue(refused.getMessage().contains("is not empty"), refused::getMessage);
  }

  @Test
  void aRestoreThatWasStoppedLeavesNoRowIsRefusedByServersAndCanBeRepeated() throws Exception {
    Path file = backup(source, "whole");
    Database target = empty(Engine.EMBEDDED);
    try (BackupFile backup = BackupFile.open(file)) {
      Progress stopping =
          (step, table, rows, done) -> {
            if (table.equals("reading") && done) {
              throw new IllegalStateException("stopped");
            }
          };
      assertThrows(
          IllegalStateException.class, () -> new Restore(target, () -> NOW).from(backup, stopping));
    }
    assertEquals("0", one(target, "SELECT count(*) FROM sensor"));
    SQLException refused = assertThrows(SQLException.class, () -> migrate(target));
    assertTrue(refused.getMessage().contains("has not come to its end"), refused::getMessage);
    restore(file, target);
    assertEquals(contents(source), contents(target));
  }

  @Test
  void aBackupThatIsStoppedLeavesNoFile() throws Exception {
    Path file = folder.resolve("stopped");
    assertThrows(
        IllegalStateException.class,
        () ->
            new Backup(source, () -> NOW, "test")
                .write(
                    file,
                    (step, table, rows, done) -> {
                      throw new IllegalStateException("stopped");
                    }));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** Numbers go on, triggers and foreign keys are back. */
  private static void assertGoesOn(Database database) throws SQLException {
    execute(
        database,
        """
        INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at, recorded_at)
        SELECT alert_id, sensor_id, 'escalated', 3, 4, now(), now() FROM alert_event ORDER BY id DESC LIMIT 1
        """);
    assertTrue(refusal(database, "UPDATE alert_event SET note = 'x'").startsWith("23"));
    assertEquals(
        "23503", refusal(database, "INSERT INTO asset_photo (asset_id, photo_id) VALUES (1, 999)"));
    execute(
        database,
        """
        CREATE TEMPORARY TABLE later AS SELECT * FROM reading LIMIT 1;
        UPDATE later SET observed_at = '2026-08-21T11:00Z';
        INSERT INTO reading SELECT * FROM later;
        """);
    assertEquals("23505", refusal(database, "INSERT INTO reading SELECT * FROM reading LIMIT 1"));
    assertEquals(
        "0",
        one(
            database,
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'"));
    assertEquals("0", one(database, "SELECT count(*) FROM care_record_broken"));
  }

  private Path backup(Database source, String name) throws Exception {
    Path file = folder.resolve(name);
    new Backup(source, () -> NOW, "test").write(file, QUIET);
    return file;
  }

  private static void restore(Path file, Database target) throws Exception {
    try (BackupFile backup = BackupFile.open(file)) {
      backup.verify(QUIET);
      new Restore(target, () -> NOW).from(backup, QUIET);
    }
  }

  /** The rows are of their release; migrations may make others of them. */
  private static void layAndFill(Database database, String release) throws Exception {
    new Schema(CommitLineOnEachEngine.dataSource(database), () -> NOW).layAsOf(release);
    try (Connection connection = database.connect()) {
      ReleasedRows.addTo(connection, release);
    }
  }

  private Database empty(Engine on) throws SQLException {
    TestDatabase database = TestDatabase.open(on);
    opened.add(database);
    return database.database();
  }

  private static void migrate(Database database) throws SQLException {
    new Schema(CommitLineOnEachEngine.dataSource(database), () -> NOW).migrate();
  }

  private static String newest(Database database) {
    return new Schema(CommitLineOnEachEngine.dataSource(database), () -> NOW).newest();
  }

  /** A fingerprint of every table's rows, generated columns included, and every sequence. */
  private static Map<String, String> contents(Database database) throws SQLException {
    Map<String, String> contents = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT relname FROM pg_class
              WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                AND relpersistence = 'p' AND relname <> 'flyway_schema_history'
              """)) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      tables.removeAll(Backup.leftOut());
      for (String table : tables) {
        try (ResultSet row =
            statement.executeQuery(
                "SELECT count(*) || ' rows ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM %s t"
                    .formatted(table))) {
          row.next();
          contents.put(table, row.getString(1));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")) {
        while (row.next()) {
          contents.put(row.getString(1), String.valueOf(row.getString(2)));
        }
      }
    }
    return contents;
  }

  private static String refusal(Database database, String sql) {
    return assertThrows(SQLException.class, () -> execute(database, sql)).getSQLState();
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Database database, String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
