package io.floodmark.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupFileTest {
  private static final Progress QUIET = (step, table, rows, done) -> {};
  private static final String ROWS = "1\t2026-07-21 12:00:00+00\tNgã tư\n2\t\\N\tx\n";

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsReadAgain() throws Exception {
    Manifest written = write(folder.resolve("a"));
    try (BackupFile file = BackupFile.open(folder.resolve("a"))) {
      assertEquals(written, file.manifest());
      file.verify(QUIET);
      assertEquals(ROWS, rows(file));
    }
  }

  @Test
  void aFileThatEndsTooEarlyIsRefusedWhereverItEnds() throws Exception {
    write(folder.resolve("whole"));
    byte[] whole = Files.readAllBytes(folder.resolve("whole"));
    Path cut = folder.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThrows(BackupException.class, () -> open(cut));
    }
  }

  /** What a zip says of times and attributes may change without harm; what we say may not. */
  @Test
  void aByteThatChangedIsRefusedOrChangesNothing() throws Exception {
    Manifest written = write(folder.resolve("whole"));
    byte[] bytes = Files.readAllBytes(folder.resolve("whole"));
    Path changed = folder.resolve("changed");
    int refused = 0;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 0x20;
      Files.write(changed, bytes);
      try (BackupFile file = BackupFile.open(changed)) {
        file.verify(QUIET);
        assertEquals(written, file.manifest(), "byte " + i);
        assertEquals(ROWS, rows(file), "byte " + i);
      } catch (BackupException | IOException e) {
        refused++;
      }
      bytes[i] ^= 0x20;
    }
    assertTrue(refused > bytes.length / 2, refused + " of " + bytes.length);
  }

  @Test
  void aBackupOfANewerKindSaysWhichVersionCanReadIt() {
    BackupException refused =
        assertThrows(
            BackupException.class,
            () ->
                Manifest.of("{\"format\":2,\"product\":\"9.0\"}".getBytes(StandardCharsets.UTF_8)));
    assertTrue(refused.getMessage().contains("Floodmark 9.0"), refused::getMessage);
  }

  @Test
  void aFileThatIsNotFinishedLeavesNothing() throws Exception {
    try (BackupWriter writer = new BackupWriter(folder.resolve("a"))) {
      writer.begin(TABLE).add(ROWS.getBytes(StandardCharsets.UTF_8));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void monthsAreSeenInWhicheverColumnTheTimeStands() {
    MonthsSeen months = new MonthsSeen();
    MonthsSeen.Column column =
        months.of(new Catalog.Table("reading", List.of("sensor_id", "observed_at", "qc")));
    for (String row :
        List.of(
            "1\t2026-07-21 12:00:00+00\t1\n",
            "2\t2026-07-31 23:59:59.999+00\t1\n",
            "1\t2020-01-01 00:00:00+00\t1\n",
            "1\t12026-01-01 00:00:00+00\t1\n",
            "1\t2026-08-01 00:00:00+00\t4\n")) {
      column.note(row.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(
        List.of(YearMonth.of(2020, 1), YearMonth.of(2026, 7), YearMonth.of(2026, 8)), months.all());
  }

  private static final Catalog.Table TABLE = new Catalog.Table("sensor", List.of("id", "at", "x"));

  private static Manifest write(Path path) throws IOException {
    try (BackupWriter writer = new BackupWriter(path)) {
      BackupWriter.Entry entry = writer.begin(TABLE);
      for (String row : ROWS.split("(?<=\n)", -1)) {
        if (!row.isEmpty()) {
          entry.add(row.getBytes(StandardCharsets.UTF_8));
        }
      }
      Manifest manifest =
          new Manifest(
              "0.1",
              "15",
              Instant.parse("2026-07-21T12:00:00Z"),
              "PostgreSQL 18",
              List.of(YearMonth.of(2026, 7)),
              List.of(entry.end()),
              List.of(new Manifest.Sequence("sensor_id_seq", 2, true)));
      writer.finish(manifest);
      return manifest;
    }
  }

  private static void open(Path path) throws BackupException, IOException {
    try (BackupFile file = BackupFile.open(path)) {
      file.verify(QUIET);
    }
  }

  private static String rows(BackupFile file) throws BackupException, IOException {
    try (BackupFile.Rows rows = file.rows(file.manifest().tables().get(0))) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
