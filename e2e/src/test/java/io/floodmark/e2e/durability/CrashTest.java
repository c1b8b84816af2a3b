package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was acknowledged is on disk, once, and its alerts with it, however the process or its
 * database ends. Two rounds of each here; ten by {@code mvn verify -Dfloodmark.crash.rounds=10
 * -Dtest=CrashTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class CrashTest {
  private static final Logger log = LoggerFactory.getLogger(CrashTest.class);
  private static final int ROUNDS = Integer.getInteger("floodmark.crash.rounds", 2);
  private static final long SEED = Long.getLong("floodmark.crash.seed", 4669);
  private static final int SENSORS = 6;
  private static final int READINGS_MAX = 1_000_000;

  /** So many that at times a batch is evaluated while another is written. */
  private static final int READINGS_A_MESSAGE = 20;

  private static final Pattern POSTGRES_BACK = Pattern.compile("database server runs again");

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final List<LoadSensor> sensors = new ArrayList<>();
  private KilledServer floodmark;

  @AfterEach
  void stop() {
    floodmark.close();
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void aFloodmarkKilledUnderLoadLosesAndDoublesNothing() throws Exception {
    startUnderLoad();
    for (int round = 1; round <= ROUNDS; round++) {
      awaitProgress();
      floodmark.killAndStart();
    }
    awaitProgress();
    drain();
    assertNothingLostOrDoubled("Floodmark killed " + ROUNDS + " times");
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void aDatabaseKilledUnderLoadComesBackAndLosesAndDoublesNothing() throws Exception {
    startUnderLoad();
    for (int round = 1; round <= ROUNDS; round++) {
      awaitProgress();
      killPostgres();
    }
    awaitProgress();
    drain();
    floodmark.process().await(POSTGRES_BACK);
    assertNothingLostOrDoubled("PostgreSQL killed " + ROUNDS + " times");
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void anAlertWhoseTimeRanOutWhileNothingRanClearsOnceAfterTheStart() throws Exception {
    floodmark = new KilledServer(folder);
    floodmark.register("flood-0", 2);
    // Through all levels, and dry again at the end.
    floodmark.send("flood-0", Tide.READINGS, 1);
    floodmark.awaitSenders();
    floodmark.killAndStart();

    floodmark.awaitTrue(
        "the alert is cleared",
        () ->
            floodmark.count("SELECT count(*) FROM alert WHERE state = 'cleared' AND kind = 'flood'")
                == 1);
    assertEquals(1, floodmark.count(FLOODS + "AND e.kind = 'raised'"));
    assertEquals(1, floodmark.count(FLOODS + "AND e.kind = 'cleared'"));
  }

  private void startUnderLoad() throws Exception {
    floodmark = new KilledServer(folder);
    for (int i = 0; i < SENSORS; i++) {
      // Without delay alerts follow from the readings alone, and can be worked out again. With one,
      // the timers clear them, too, whenever a kill has left the street without readings.
      floodmark.register("flood-" + i, clearDelaySeconds(i));
    }
    for (int i = 0; i < SENSORS; i++) {
      sensors.add(floodmark.send("flood-" + i, READINGS_MAX, READINGS_A_MESSAGE));
    }
  }

  /** Until every sensor has a thousand or two more acknowledged: then it is in full swing. */
  private void awaitProgress() {
    List<Integer> goals =
        sensors.stream().map(s -> s.acknowledgements() + 1_000 + random.nextInt(1_000)).toList();
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

  private void drain() throws InterruptedException {
    sensors.forEach(LoadSensor::finish);
    floodmark.awaitSenders();
  }

  private void killPostgres() throws IOException {
    Path pidFile = floodmark.dataDir().resolve("database").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(0, postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private void assertNothingLostOrDoubled(String what) throws SQLException {
    int stored = 0;
    int alerts = 0;
    for (LoadSensor sensor : sensors) {
      List<LoadSensor.Sent> rows = storedReadings(sensor.code());
      Set<LoadSensor.Sent> distinct = new HashSet<>(rows);
      assertEquals(rows.size(), distinct.size(), sensor.code() + " has doubled readings");
      Set<LoadSensor.Sent> missing = new HashSet<>(sensor.acknowledged());
      missing.removeAll(distinct);
      assertEquals(Set.of(), missing, sensor.code() + ": acknowledged, but not stored");
      assertEquals(sensor.sent(), rows, sensor.code() + ": stored is what was sent");
      List<String> events = AlertTrail.stored(floodmark.database(), sensor.code());
      if (clearDelaySeconds(sensors.indexOf(sensor)) == 0) {
        assertIterableEquals(AlertTrail.expected(rows), events, sensor.code() + ": alerts");
      }
      stored += rows.size();
      alerts += events.size();
    }
    assertEquals(0, floodmark.count("SELECT count(*) FROM rejected_message"));
    assertEquals(
        0,
        floodmark.count(AlertSql.BROKEN_CHAINS),
        "each transition begins where the one before it ended");
    assertEquals(0, floodmark.count(AlertSql.STUCK), "states and alerts agree");
    assertEquals(
        0,
        floodmark.count(AlertSql.NOT_OF_ONE_PIECE),
        "each alert is raised once, cleared at most once");
    log.info(
        "{}, seed {}: {} readings acknowledged and stored, {} alert transitions, none missing, none"
            + " doubled.",
        what,
        SEED,
        stored,
        alerts);
  }

  private static final String FLOODS =
      """
      SELECT count(*) FROM alert_event e JOIN alert a ON a.id = e.alert_id
      WHERE a.kind = 'flood'
      """;

  private static int clearDelaySeconds(int sensor) {
    return sensor % 2;
  }

  private List<LoadSensor.Sent> storedReadings(String code) throws SQLException {
    List<LoadSensor.Sent> rows = new ArrayList<>();
    try (Connection connection = floodmark.database().connect();
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT observed_at, distance_mm FROM export_reading
                WHERE sensor_code = ? ORDER BY observed_at
                """)) {
      query.setString(1, code);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          rows.add(
              new LoadSensor.Sent(
                  result.getObject(1, OffsetDateTime.class).toInstant().toEpochMilli(),
                  result.getInt(2)));
        }
      }
    }
    return rows;
  }
}
