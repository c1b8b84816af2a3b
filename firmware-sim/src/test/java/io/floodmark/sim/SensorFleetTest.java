package io.floodmark.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.sim.broker.FakeBroker;
import io.floodmark.sim.device.FaultPlan;
import io.floodmark.sim.device.Firmware;
import io.floodmark.sim.device.SensorKind;
import io.floodmark.sim.device.SensorSpec;
import io.floodmark.sim.device.Spells;
import io.floodmark.sim.uplink.BrokerAddress;
import io.floodmark.sim.uplink.UplinkSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The fleet against a broker that misbehaves on demand, over real sockets and with the real Paho.
 */
class SensorFleetTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Firmware QUICK =
      new Firmware(
          Duration.ofMillis(20),
          20,
          UplinkSettings.DEFAULT
              .withInFlightMax(4)
              .withRetry(Duration.ofMillis(20), Duration.ofMillis(100)));

  private FakeBroker broker;

  @BeforeEach
  void open() {
    broker = new FakeBroker();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private static SensorSpec sensor(String code) {
    return new SensorSpec(
        code, "token-of-" + code, SensorKind.DISTANCE, 2_500, 0, Duration.ofMillis(20));
  }

  private SensorFleet fleet(Firmware firmware, FaultPlan faults, SensorSpec... sensors) {
    return new SensorFleet(
        SimOptions.of(new BrokerAddress("127.0.0.1", broker.port()), List.of(sensors), 42)
            .withFirmware(firmware)
            .withFaults(faults),
        InstantSource.system());
  }

  private SensorFleet fleet(SensorSpec... sensors) {
    return fleet(QUICK, FaultPlan.NONE, sensors);
  }

  private static void awaitUntil(String what, BooleanSupplier holds) {
    long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < giveUp, "Not within 60 s: " + what);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private List<Long> seqs(List<FakeBroker.Published> messages) throws IOException {
    List<Long> seqs = new ArrayList<>();
    for (FakeBroker.Published message : messages) {
      if (message.topic().endsWith("/readings")) {
        seqs.add(JSON.readTree(message.payload()).get("seq").longValue());
      }
    }
    return seqs;
  }

  @Test
  void signsInAsMqtt311WithAWillAndAnnouncesItself() throws Exception {
    try (SensorFleet fleet = fleet(sensor("bvd-03"))) {
      fleet.start();
      assertEquals(
          new FakeBroker.Connected(
              "bvd-03",
              "bvd-03",
              "token-of-bvd-03",
              "MQTT",
              4,
              true,
              "sensors/bvd-03/status",
              "offline",
              true),
          broker.awaitConnect());
      assertEquals(
          new FakeBroker.Published("sensors/bvd-03/status", "online", 1, false, true),
          broker.awaitPublished("/status"));
      FakeBroker.Published reading = broker.awaitPublished("/readings");
      assertEquals("sensors/bvd-03/readings", reading.topic());
      assertEquals(1, reading.qos());
      assertFalse(reading.retained());
      assertTrue(JSON.readTree(reading.payload()).has("distance_mm"));
    }
  }

  @Test
  void aDeliberateStopSaysOfflineAndGoodbyeAndLeavesNoThread() throws Exception {
    SensorFleet fleet = fleet(sensor("a"), sensor("b"));
    fleet.start();
    awaitUntil("both connected", () -> fleet.counts().connected() == 2);
    broker.takePublished();
    fleet.close();
    List<String> goodbyes = List.of(broker.awaitGoodbye(), broker.awaitGoodbye());
    assertEquals(Set.of("a", "b"), Set.copyOf(goodbyes));
    List<FakeBroker.Published> last =
        broker.takePublished().stream().filter(m -> m.payload().equals("offline")).toList();
    assertEquals(
        Set.of("sensors/a/status", "sensors/b/status"),
        last.stream().map(FakeBroker.Published::topic).collect(Collectors.toSet()));
    assertTrue(last.stream().allMatch(FakeBroker.Published::retained));
    assertEquals(0, fleet.counts().connected());
    awaitUntil(
        "Paho's threads are gone",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("MQTT ")));
    fleet.close();
  }

  @Test
  void nothingAcknowledgedIsSentTwice() throws Exception {
    try (SensorFleet fleet = fleet(sensor("a"))) {
      fleet.start();
      awaitUntil("ten acknowledged", () -> fleet.counts().acknowledged() >= 10);
      broker.withholdAcknowledgements();
      awaitUntil("the window is full", () -> broker.withheldSoFar() == 4);
      long acknowledged = fleet.counts().acknowledged();
      List<Long> before = seqs(broker.takePublished());
      broker.cutConnections();
      broker.releaseAcknowledgements();
      awaitUntil("more acknowledged", () -> fleet.counts().acknowledged() > acknowledged + 10);
      List<Long> after = seqs(broker.takePublished());
      // In order of measuring the first that was not acknowledged is the first that comes again.
      assertEquals(acknowledged + 1, after.get(0));
      assertEquals(after.stream().sorted().distinct().toList(), after);
      assertEquals(acknowledged + 4, before.get(before.size() - 1));
      assertEquals(4, fleet.counts().repeated());
      assertEquals(1, fleet.counts().reconnects());
    }
  }

  @Test
  void nothingUnacknowledgedIsForgottenHoweverOftenTheConnectionIsCut() throws Exception {
    Set<Long> received = new HashSet<>();
    try (SensorFleet fleet = fleet(sensor("a"))) {
      fleet.start();
      for (int round = 0; round < 6; round++) {
        long goal = fleet.counts().acknowledged() + 3;
        awaitUntil("some acknowledged", () -> fleet.counts().acknowledged() >= goal);
        broker.withholdAcknowledgements();
        long measured = fleet.counts().measured() + 6;
        awaitUntil("some more measured", () -> fleet.counts().measured() >= measured);
        broker.cutConnections();
        broker.releaseAcknowledgements();
      }
      long goal = fleet.counts().measured();
      awaitUntil("all acknowledged", () -> fleet.counts().acknowledged() >= goal);
      received.addAll(seqs(broker.takePublished()));
      for (long seq = 1; seq <= goal; seq++) {
        assertTrue(received.contains(seq), "lost: reading " + seq + " of " + goal);
      }
      assertEquals(6, fleet.counts().reconnects());
      assertEquals(0, fleet.counts().overwritten());
    }
  }

  @Test
  void whatWasMeasuredOfflineArrivesOldestFirstWithItsOwnTime() throws Exception {
    broker.setDoor(FakeBroker.Door.REFUSING);
    try (SensorFleet fleet = fleet(sensor("a"))) {
      fleet.start();
      awaitUntil("twenty stored", () -> fleet.counts().storedOffline() >= 20);
      long openedAt = InstantSource.system().millis();
      assertEquals(0, fleet.counts().sent());
      broker.setDoor(FakeBroker.Door.OPEN);
      awaitUntil("twenty acknowledged", () -> fleet.counts().acknowledged() >= 20);
      List<FakeBroker.Published> messages =
          broker.takePublished().stream().filter(m -> m.topic().endsWith("/readings")).toList();
      long last = Long.MIN_VALUE;
      for (int i = 0; i < 20; i++) {
        var reading = JSON.readTree(messages.get(i).payload());
        assertEquals(i + 1, reading.get("seq").longValue());
        long ts = reading.get("ts").longValue();
        assertTrue(ts > last, ts + " after " + last);
        // Its clock is wrong by up to half a second; 20 readings are 400 ms apart in all.
        assertTrue(ts <= openedAt + 600, "measured before the door opened");
        last = ts;
      }
    }
  }

  @Test
  void aFullStoreKeepsTheNewest() throws Exception {
    broker.setDoor(FakeBroker.Door.REFUSING);
    Firmware small = new Firmware(QUICK.fastInterval(), 20, QUICK.uplink().withStoreMax(5));
    try (SensorFleet fleet = fleet(small, FaultPlan.NONE, sensor("a"))) {
      fleet.start();
      awaitUntil("some overwritten", () -> fleet.counts().overwritten() >= 10);
      broker.setDoor(FakeBroker.Door.OPEN);
      FakeBroker.Published first = broker.awaitPublished("/readings");
      assertTrue(JSON.readTree(first.payload()).get("seq").longValue() > 10);
    }
  }

  @Test
  void aBrokerThatNeverAnswersConnectIsGivenUpAndTriedAgain() throws Exception {
    broker.setDoor(FakeBroker.Door.SILENT);
    UplinkSettings line = QUICK.uplink();
    Firmware impatient =
        new Firmware(
            QUICK.fastInterval(),
            20,
            new UplinkSettings(
                line.inFlightMax(),
                line.storeMax(),
                line.keepAlive(),
                Duration.ofSeconds(1),
                line.retryFirst(),
                line.retryMax(),
                line.stopTimeout()));
    try (SensorFleet fleet = fleet(impatient, FaultPlan.NONE, sensor("a"))) {
      fleet.start();
      broker.awaitConnect();
      broker.awaitConnect();
      broker.setDoor(FakeBroker.Door.OPEN);
      awaitUntil("acknowledged at last", () -> fleet.counts().acknowledged() > 0);
    }
  }

  @Test
  void aFleetOnABadNetworkLosesNothing() throws Exception {
    FaultPlan bad =
        FaultPlan.NONE.withNetwork(new Spells(Duration.ofMillis(150), Duration.ofMillis(60)));
    SensorSpec[] sensors =
        IntStream.range(0, 8).mapToObj(i -> sensor("s-" + i)).toArray(SensorSpec[]::new);
    try (SensorFleet fleet = fleet(QUICK, bad, sensors)) {
      fleet.start();
      awaitUntil("sixteen reconnects", () -> fleet.counts().reconnects() >= 16);
      long goal = fleet.counts().measured();
      awaitUntil("all of them acknowledged", () -> fleet.counts().acknowledged() >= goal);
      assertTrue(fleet.counts().storedOffline() > 0);
      assertEquals(0, fleet.counts().overwritten());
    }
    // The plan cuts without a word; only the deliberate stop says goodbye.
    assertTrue(broker.goodbyesSoFar() <= 8, broker.goodbyesSoFar() + " goodbyes");
  }

  @Test
  void aFleetThatNeverConnectedOrNeverStartedCanBeClosed() {
    broker.setDoor(FakeBroker.Door.REFUSING);
    SensorFleet neverConnected = fleet(sensor("a"));
    neverConnected.start();
    neverConnected.close();
    SensorFleet neverStarted = fleet(sensor("a"));
    neverStarted.close();
    assertThrows(IllegalStateException.class, neverStarted::start);
    assertEquals(0, broker.goodbyesSoFar());
  }

  @Test
  void impossibleOptionsAreRefused() {
    BrokerAddress address = new BrokerAddress("127.0.0.1", 1);
    assertThrows(IllegalArgumentException.class, () -> SimOptions.of(address, List.of(), 1));
    SimOptions options = SimOptions.of(address, List.of(sensor("a")), 1);
    assertThrows(IllegalArgumentException.class, () -> options.withScenario("tsunami", 1));
  }
}
