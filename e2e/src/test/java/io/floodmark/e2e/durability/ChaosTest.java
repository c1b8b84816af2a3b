package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real processes, and everything goes wrong in turn: ours and PostgreSQL are killed, stopped and
 * frozen, the disk is full, the network stalls, drips and breaks, devices' clocks are set. Whatever
 * it was, the server heals by itself, and what it acknowledged is stored, once.
 *
 * <p>Here once each but for kills, which {@link CrashTest} has in every build; {@code
 * -Dfloodmark.chaos.minutes=N} goes on with all for so long, {@code -Dfloodmark.chaos.seed=S} draws
 * another order: docs/testing.md.
 */
class ChaosTest {
  private static final Logger log = LoggerFactory.getLogger(ChaosTest.class);
  private static final long SEED = Long.getLong("floodmark.chaos.seed", 20_261_122);
  private static final int MINUTES = Integer.getInteger("floodmark.chaos.minutes", 0);
  private static final boolean AT_LENGTH = MINUTES > 0;

  /** PostgreSQL may have to recover, and after a full disk ours tries again ever less often. */
  private static final long HEALS_WITHIN_SECONDS = 75;

  private static final long STALE_WITHIN_SECONDS = 10;

  /**
   * Far above the highest threshold: so quick a rise that then stands still is taken for something
   * parked under the sensor, and readings from there on are not to count.
   */
  private static final int FLOOD_MM = 900;

  private static final int RISE_MM = 15;
  private static final int EBB_AT = 150;
  private static final int READINGS_MIN = 250;
  private static final List<String> TIDES = List.of("tide-1", "tide-2");

  /** What happens to processes and disk. */
  private enum Trouble {
    KILLED,
    TERMINATED,
    FROZEN,
    DATABASE_KILLED,
    DATABASE_STOPPED,
    DATABASE_FROZEN,
    DISK_FULL
  }

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final ChaosJournal journal = new ChaosJournal();
  private final List<ChaosSensor> sensors = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private KilledServer floodmark;
  private StallingNetwork network;
  private ChaosOracle oracle;
  private Processes processes;

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void whateverHappensWhatWasAcknowledgedIsStoredOnceAndTheServerHealsByItself() throws Exception {
    log.info("Chaos with seed {}.", SEED);
    Path place = Files.createDirectory(folder.resolve("disk"));
    Optional<SmallDisk> disk = SmallDisk.mount(place);
    try {
      wreakHavoc(place, disk);
    } catch (Exception | AssertionError e) {
      String printed = floodmark == null ? "" : floodmark.process().output();
      throw new AssertionError(
          "-Dfloodmark.chaos.seed=%d\n%s\n%s".formatted(SEED, journal, printed), e);
    } finally {
      try {
        end();
      } finally {
        if (disk.isPresent()) {
          disk.get().unmount();
        }
      }
    }
  }

  private void wreakHavoc(Path place, Optional<SmallDisk> disk) throws Exception {
    floodmark = new KilledServer(place);
    processes = new Processes(floodmark);
    network = new StallingNetwork(floodmark::mqttPort, random.nextLong(), journal::breach);
    oracle = new ChaosOracle(floodmark);
    startSensors();
    awaitHealed();

    List<Trouble> kinds = new ArrayList<>(List.of(Trouble.values()));
    if (!AT_LENGTH) {
      kinds.removeAll(List.of(Trouble.KILLED, Trouble.DATABASE_KILLED));
    }
    if (disk.isEmpty()) {
      kinds.remove(Trouble.DISK_FULL);
      log.warn("Not tried: a full disk, as nothing may be mounted here; that takes root.");
    }
    long start = System.nanoTime();
    int steps = 0;
    do {
      Collections.shuffle(kinds, random);
      for (Trouble trouble : kinds) {
        step(trouble, disk);
        steps++;
      }
    } while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(MINUTES));
    checkEnd();
    log.info("What was done:\n{}", journal);
    log.info(
        "Chaos with seed {}: {} readings acknowledged and stored over {} troubles, none missing,"
            + " none doubled.",
        SEED,
        sensors.stream().mapToInt(ChaosSensor::acknowledgements).sum(),
        steps);
  }

  private void startSensors() throws Exception {
    add("flood", 1, new ChaosSensor.Kind(1, false, false), n -> Math.min(FLOOD_MM, n * RISE_MM));
    add("ebb", 1, new ChaosSensor.Kind(2, true, false), ChaosTest::ebb);
    for (String tide : TIDES) {
      // Without delay its alert follows from the readings alone.
      add(tide, 0, new ChaosSensor.Kind(1, tide.equals(TIDES.get(0)), false), Tide::depthMm);
    }
    add("steps-1", 1, new ChaosSensor.Kind(1, true, true), n -> 0);
    add("steps-2", 1, new ChaosSensor.Kind(2, false, true), n -> 0);
    add("dry-1", 1, new ChaosSensor.Kind(1, true, false), n -> 0);
    add("dry-2", 1, new ChaosSensor.Kind(2, true, false), n -> 0);
    for (ChaosSensor sensor : sensors) {
      Thread thread = new Thread(sensor, sensor.code());
      threads.add(thread);
      thread.start();
    }
  }

  private static int ebb(int number) {
    return number < EBB_AT
        ? Math.min(FLOOD_MM, number * RISE_MM)
        : Math.max(0, FLOOD_MM - (number - EBB_AT) * RISE_MM);
  }

  private void add(
      String code, int clearDelaySeconds, ChaosSensor.Kind kind, IntUnaryOperator depth)
      throws Exception {
    floodmark.register(code, clearDelaySeconds);
    sensors.add(
        new ChaosSensor(
            code,
            KilledServer.TOKEN,
            kind,
            network.port(),
            InstantSource.system(),
            new Random(random.nextLong()),
            depth,
            journal::breach));
  }

  private void step(Trouble trouble, Optional<SmallDisk> disk) throws Exception {
    StallingNetwork.Weather[] weathers = StallingNetwork.Weather.values();
    StallingNetwork.Weather weather = weathers[random.nextInt(weathers.length)];
    int millis = 200 + random.nextInt(AT_LENGTH ? 4_000 : 300);
    journal.add("%s for %d ms, network %s".formatted(trouble, millis, weather));
    network.become(weather);
    journal.hold(random.nextInt(200));
    switch (trouble) {
      case KILLED -> floodmark.killAndStart();
      case TERMINATED -> floodmark.terminateAndStart();
      case FROZEN -> {
        processes.freezeServer();
        journal.hold(millis);
        processes.thawServer();
      }
      case DATABASE_KILLED -> processes.signalDatabase("KILL");
      case DATABASE_STOPPED -> processes.signalDatabase("QUIT");
      case DATABASE_FROZEN -> {
        processes.freezeDatabase();
        Map<ChaosSensor, Integer> made = new HashMap<>();
        sensors.forEach(sensor -> made.put(sensor, sensor.sent().size()));
        await("/health/ready says 503", STALE_WITHIN_SECONDS, () -> processes.ready() == 503);
        journal.hold(millis);
        made.forEach(ChaosTest::assertNoneSinceIsAcknowledged);
        boolean killed = kill(AT_LENGTH && random.nextBoolean());
        processes.thawDatabase();
        if (killed) {
          floodmark.startAgain();
        }
      }
      case DISK_FULL -> {
        disk.orElseThrow().fill();
        network.become(StallingNetwork.Weather.FINE);
        journal.add("until nothing is acknowledged");
        awaitStandstill();
        if (AT_LENGTH && random.nextBoolean()) {
          journal.add("PostgreSQL is killed and has to recover without room");
          processes.signalDatabase("KILL");
        }
        journal.hold(millis);
        boolean killed = kill(!AT_LENGTH || random.nextBoolean());
        disk.orElseThrow().free();
        if (killed) {
          floodmark.startAgain();
        }
      }
      default -> throw new AssertionError(trouble);
    }
    journal.hold(millis);
    network.become(StallingNetwork.Weather.FINE);
    long healing = System.nanoTime();
    awaitHealed();
    long healed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healing);
    journal.add("healed after %d ms; %d rows".formatted(healed, oracle.check(sensors)));
  }

  /** What was acknowledged before it was committed is lost with the process that waits. */
  private boolean kill(boolean now) throws InterruptedException {
    if (now) {
      journal.add("ours is killed");
      floodmark.kill();
    }
    return now;
  }

  private static void assertNoneSinceIsAcknowledged(ChaosSensor sensor, int made) {
    sensor
        .acknowledged()
        .keySet()
        .forEach(
            seq ->
                assertTrue(
                    seq <= made,
                    sensor.code()
                        + " "
                        + seq
                        + " was acknowledged while the database stood still"));
  }

  /** Until nothing has been acknowledged for a second. */
  private void awaitStandstill() throws InterruptedException {
    int before;
    int now = acknowledgements();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HEALS_WITHIN_SECONDS);
    do {
      before = now;
      journal.hold(1_000);
      now = acknowledgements();
      if (System.nanoTime() > end) {
        fail("Readings are acknowledged on a full disk.");
      }
    } while (now > before);
  }

  private int acknowledgements() {
    return sensors.stream().mapToInt(ChaosSensor::acknowledgements).sum();
  }

  /** Until it says that it is ready, and every sensor is answered again. */
  private void awaitHealed() throws InterruptedException {
    await("/health/ready says 200", HEALS_WITHIN_SECONDS, () -> processes.ready() == 200);
    for (ChaosSensor sensor : sensors) {
      // More than what may have been on its way.
      int goal = sensor.acknowledgements() + 5;
      await(
          sensor.code() + " is answered",
          HEALS_WITHIN_SECONDS,
          () -> sensor.acknowledgements() >= goal);
    }
  }

  private void checkEnd() throws Exception {
    await(
        "all have sent enough",
        HEALS_WITHIN_SECONDS,
        () -> sensors.stream().allMatch(s -> s.acknowledgements() >= READINGS_MIN));
    sensors.forEach(ChaosSensor::finish);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(HEALS_WITHIN_SECONDS));
      if (thread.isAlive()) {
        fail(thread.getName() + " still waits for acknowledgements");
      }
    }
    journal.add("all is acknowledged");
    oracle.check(sensors);
    oracle.checkEnd(sensors);
    await(
        "the flood that went is cleared",
        HEALS_WITHIN_SECONDS,
        () -> oracle.floods("ebb").startsWith("cleared"));
    await("states and alerts agree", HEALS_WITHIN_SECONDS, oracle::statesAgree);
    assertEquals("active 4", oracle.floods("flood"), "one flood, and it stands");
    assertEquals("cleared", oracle.floods("ebb").replaceFirst(" \\d$", ""), "one flood, and gone");
    for (ChaosSensor sensor : sensors) {
      String code = sensor.code();
      if (TIDES.contains(code)) {
        assertIterableEquals(
            AlertTrail.expected(oracle.readings(code)),
            AlertTrail.stored(floodmark.database(), code),
            code + ": alerts");
      } else if (!code.equals("flood") && !code.equals("ebb")) {
        assertEquals("none", oracle.floods(code), code + " was dry");
      }
      assertRetainedIsNewest(sensor);
    }
  }

  private void assertRetainedIsNewest(ChaosSensor sensor) throws Exception {
    Instant newest = oracle.newest(sensor.code());
    if (!sensor.kind().stepping()) {
      List<ChaosSensor.Sent> sent = sensor.sent();
      OptionalLong last = sent.get(sent.size() - 1).tsMillis();
      assertEquals(last.orElseThrow(), newest.toEpochMilli(), sensor.code() + ": the newest");
    }
    String expected =
        "\"observedAt\":\"%tFT%<tT.%<tLZ\"".formatted(newest.atOffset(ZoneOffset.UTC));
    try (RetainedLevel level = new RetainedLevel(sensor.code(), floodmark.mqttPort())) {
      level.await(expected);
    }
  }

  private void await(String what, long seconds, ChaosJournal.Condition condition)
      throws InterruptedException {
    journal.await(what, seconds, condition);
  }

  private void end() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    if (network != null) {
      network.end();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (processes != null) {
      processes.end();
    }
  }
}
