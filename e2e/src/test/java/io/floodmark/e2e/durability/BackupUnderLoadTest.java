package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Database;
import io.floodmark.server.EmbeddedPostgres;
import io.floodmark.server.FolderKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged before a backup began is in it, and comes out of it on either engine. */
final class BackupUnderLoadTest {
  private static final int SENSORS = 4;
  private static final int READINGS_MAX = 1_000_000;
  private static final int UNDER_WAY = 300;

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everyReadingAcknowledgedBeforeTheBackupBeganComesBackOnEitherEngine() throws Exception {
    Map<String, Set<LoadSensor.Sent>> acknowledged = new HashMap<>();
    try (KilledServer floodmark = new KilledServer(folder)) {
      List<LoadSensor> sensors = new ArrayList<>();
      for (int i = 0; i < SENSORS; i++) {
        floodmark.register("flood-" + i, 0);
      }
      for (int i = 0; i < SENSORS; i++) {
        sensors.add(floodmark.send("flood-" + i, READINGS_MAX, 1));
      }
      awaitFurther(floodmark, sensors);
      sensors.forEach(sensor -> acknowledged.put(sensor.code(), sensor.acknowledged()));
      run("backup", "first.backup", "--data-dir=floodmark-data");
      // It went on meanwhile, and goes on.
      awaitFurther(floodmark, sensors);
      sensors.forEach(LoadSensor::finish);
      floodmark.awaitSenders();
    }
    try (TestDatabase timescale = TestDatabase.open(Engine.TIMESCALE)) {
      Database target = timescale.database();
      String[] access = {
        "--db-url=" + target.url(),
        "--db-user=" + target.user(),
        "--db-password=" + target.password()
      };
      run("restore", "first.backup", access[0], access[1], access[2]);
      assertHolds(target, acknowledged);
      run("backup", "second.backup", access[0], access[1], access[2]);
      run("restore", "second.backup", "--data-dir=restored");
      try (EmbeddedPostgres restored =
          EmbeddedPostgres.open(folder.resolve("restored"), FolderKind.SERVE)) {
        assertHolds(restored.database(), acknowledged);
        assertEquals(alerts(target), alerts(restored.database()));
      }
    }
  }

  private static void awaitFurther(KilledServer floodmark, List<LoadSensor> sensors) {
    List<Integer> goals = sensors.stream().map(s -> s.acknowledgements() + UNDER_WAY).toList();
    floodmark.awaitTrue(
        "acknowledgements go on",
        () -> {
          for (int i = 0; i < goals.size(); i++) {
            if (sensors.get(i).acknowledgements() < goals.get(i)) {
              return false;
            }
          }
          return true;
        });
  }

  private void run(String... arguments) throws InterruptedException {
    FloodmarkProcess process = FloodmarkProcess.start(folder, List.of(arguments));
    assertEquals(0, process.awaitEnd(), process::output);
  }

  private static void assertHolds(Database database, Map<String, Set<LoadSensor.Sent>> acknowledged)
      throws SQLException {
    Map<String, Set<LoadSensor.Sent>> stored = new HashMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT sensor_code, observed_at, distance_mm FROM export_reading")) {
      while (row.next()) {
        boolean isNew =
            stored
                .computeIfAbsent(row.getString(1), code -> new HashSet<>())
                .add(
                    new LoadSensor.Sent(
                        row.getObject(2, OffsetDateTime.class).toInstant().toEpochMilli(),
                        row.getInt(3)));
        assertTrue(isNew, "none is doubled");
      }
    }
    acknowledged.forEach(
        (code, sent) -> {
          Set<LoadSensor.Sent> missing = new HashSet<>(sent);
          missing.removeAll(stored.getOrDefault(code, Set.of()));
          assertEquals(Set.of(), missing, code + ": acknowledged before, and not in the backup");
        });
  }

  private static String alerts(Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) || ' ' || md5(string_agg(e::text, '|' ORDER BY id)) FROM alert_event e")) {
      row.next();
      return row.getString(1);
    }
  }
}
