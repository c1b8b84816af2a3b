package io.floodmark.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.sim.broker.FakeBroker;
import io.floodmark.sim.device.FaultPlan;
import io.floodmark.sim.device.Firmware;
import io.floodmark.sim.device.SensorKind;
import io.floodmark.sim.device.SensorSpec;
import io.floodmark.sim.device.Spells;
import io.floodmark.sim.device.TruthLog;
import io.floodmark.sim.street.LabelledFile;
import io.floodmark.sim.street.LabelledReading;
import io.floodmark.sim.street.LabelledSeries;
import io.floodmark.sim.street.RainReading;
import io.floodmark.sim.street.RainSeries;
import io.floodmark.sim.uplink.BrokerAddress;
import io.floodmark.sim.uplink.UplinkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in a street, against a broker and with the truth written beside it. */
class StreetFaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-05-31T17:00:00Z");
  private static final Duration EVERY = Duration.ofMillis(20);
  private static final Firmware QUICK =
      new Firmware(
          EVERY,
          20,
          UplinkSettings.DEFAULT.withRetry(Duration.ofMillis(20), Duration.ofMillis(40)));

  /** As a wall clock, but of a day on which the street is known. */
  private final InstantSource clock = wallClockFrom(START);

  private final List<FakeBroker.Published> published = new ArrayList<>();

  @TempDir private Path folder;
  private FakeBroker broker;
  private Path file;

  @BeforeEach
  void open() {
    broker = new FakeBroker();
    file = folder.resolve("truth.csv");
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void aGatewaySilencesTheSensorsBehindItAndTheyTellEverythingLater() throws Exception {
    run(
        gatewayThatFailsTwice(),
        List.of(sensor("a", "gw"), sensor("b", "gw"), sensor("c", "")),
        fleet -> fleet.counts().reconnects() >= 4 && fleet.counts().waiting() == 0);
    Map<String, Integer> connects = connects();
    assertEquals(Map.of("a", 3, "b", 3, "c", 1), connects, "who came how often");

    Map<String, LabelledSeries> truth = water();
    // Clocks are wrong by up to half a second, outages last longer.
    assertTrue(late(truth.get("a")) > 0 && late(truth.get("b")) > 0, "stored, and sent later");
    // It was never cut off; a busy machine alone may hold up a few of its readings.
    assertTrue(late(truth.get("c")) < late(truth.get("a")) / 2, "sent as it is measured");
    assertEveryReadingArrivedOnce(truth);
  }

  @Test
  void aFlatBatteryStopsMeasuringWithoutAWordUntilItIsExchanged() throws Exception {
    FaultPlan faults =
        FaultPlan.none(12).withBattery(new Spells(Duration.ofMillis(400), Duration.ofMillis(300)));
    run(faults, List.of(sensor("a", "")), fleet -> fleet.counts().reconnects() >= 2);
    // One goodbye at most, of the end: devices without power say none.
    assertTrue(broker.goodbyesSoFar() <= 1, broker.goodbyesSoFar() + " goodbyes");
    List<LabelledReading> readings = water().get("a").readings();
    long gaps = 0;
    for (int i = 1; i < readings.size(); i++) {
      Duration gap = Duration.between(readings.get(i - 1).takenAt(), readings.get(i).takenAt());
      gaps += gap.toMillis() > 100 ? 1 : 0;
    }
    assertTrue(gaps >= 1, gaps + " gaps");
    assertTrue(
        payloads("a").stream().anyMatch(json -> json.get("battery_mv").intValue() < 3_600),
        "its voltage falls first");
  }

  @Test
  void theTruthTellsOfEveryReadingSentAndOfThoseThatNeverWere() throws Exception {
    FaultPlan faults =
        FaultPlan.none(13)
            .withNetwork(new Spells(Duration.ofMillis(500), Duration.ofMillis(200)))
            .withDropPercent(20);
    SensorSpec gauge = new SensorSpec("rain", "t", SensorKind.RAIN, 0, 0, EVERY);
    FleetCounts counts =
        run(
            faults,
            List.of(sensor("a", ""), gauge, sensor("b", "")),
            fleet -> fleet.counts().dropped() >= 20 && fleet.counts().reconnects() >= 2);
    Map<String, LabelledSeries> truth = water();
    List<RainReading> rain =
        LabelledFile.readRain(file).stream()
            .map(RainSeries::readings)
            .flatMap(List::stream)
            .toList();
    long taken = rain.size() + truth.values().stream().mapToLong(s -> s.readings().size()).sum();
    assertEquals(counts.measured(), taken);
    long arrived =
        rain.stream().filter(reading -> reading.arrivedAt().isPresent()).count()
            + truth.values().stream().mapToLong(StreetFaultsTest::arrived).sum();
    assertEquals(counts.acknowledged(), arrived);
    for (String code : List.of("a", "b")) {
      Map<Long, Integer> sent = new TreeMap<>();
      payloads(code)
          .forEach(
              json -> sent.put(json.get("ts").longValue(), json.get("distance_mm").intValue()));
      for (LabelledReading reading : truth.get(code).readings()) {
        if (reading.arrivedAt().isPresent()) {
          assertEquals(reading.distanceMm(), sent.get(reading.takenAt().toEpochMilli()));
        }
      }
    }
    double sentMm =
        payloads("rain").stream().mapToDouble(json -> json.get("rain_mm").doubleValue()).sum();
    assertTrue(
        rain.stream().mapToDouble(RainReading::rainMm).sum() >= sentMm, "dropped tips are lost");
  }

  @Test
  void theSameSeedFailsAtTheSameTimes() {
    FaultPlan street = FaultPlan.usualIn("street", 5, 1);
    FaultPlan again = FaultPlan.usualIn("street", 5, 1);
    assertEquals(
        street.gatewayOutages("gw").limit(50).toList(),
        again.gatewayOutages("gw").limit(50).toList());
    assertEquals(
        street.flatBatteries("a").limit(50).toList(), again.flatBatteries("a").limit(50).toList());
    assertEquals(FaultPlan.none(5), FaultPlan.usualIn("dry", 5, 1));
  }

  /** Not before all are awake, and each time long enough to be seen by all. */
  private static FaultPlan gatewayThatFailsTwice() {
    return LongStream.iterate(0, seed -> seed + 1)
        .mapToObj(
            seed ->
                FaultPlan.none(seed)
                    .withGateway(new Spells(Duration.ofMillis(1_500), Duration.ofMillis(500))))
        .filter(
            plan -> {
              List<Spells.Spell> spells = plan.gatewayOutages("gw").limit(3).toList();
              return isBetween(2_300, 3_000, spells.get(0).after())
                  && isBetween(700, 1_200, spells.get(0).length())
                  && isBetween(700, 1_200, spells.get(1).after())
                  && isBetween(700, 1_200, spells.get(1).length())
                  && isBetween(3_000, 30_000, spells.get(2).after());
            })
        .findFirst()
        .orElseThrow();
  }

  private static boolean isBetween(long fromMillis, long toMillis, Duration duration) {
    return duration.toMillis() >= fromMillis && duration.toMillis() <= toMillis;
  }

  private interface Until {
    boolean holds(SensorFleet fleet);
  }

  private FleetCounts run(FaultPlan faults, List<SensorSpec> sensors, Until enough)
      throws IOException {
    // An hour of the street in a second.
    SimOptions options =
        SimOptions.of(new BrokerAddress("127.0.0.1", broker.port()), sensors, 4669)
            .withScenario("street", 3_600)
            .withFirmware(QUICK)
            .withFaults(faults);
    try (TruthLog truth = new TruthLog(file, clock)) {
      SensorFleet fleet = new SensorFleet(options, clock, Optional.of(truth));
      try (fleet) {
        fleet.start();
        awaitUntil(() -> enough.holds(fleet));
      }
      return fleet.counts();
    }
  }

  private static SensorSpec sensor(String code, String gateway) {
    return new SensorSpec(
        code,
        "token-of-" + code,
        SensorKind.DISTANCE,
        2_500,
        0,
        EVERY,
        Optional.of(gateway).filter(name -> !name.isEmpty()),
        Optional.empty());
  }

  private Map<String, Integer> connects() throws InterruptedException {
    Map<String, Integer> connects = new TreeMap<>();
    while (broker.connectsSoFar() > 0) {
      connects.merge(broker.awaitConnect().userName(), 1, Integer::sum);
    }
    return connects;
  }

  private List<JsonNode> payloads(String code) throws IOException {
    published.addAll(broker.takePublished());

    List<JsonNode> payloads = new ArrayList<>();
    for (FakeBroker.Published message : published) {
      if (message.topic().equals("sensors/" + code + "/readings")) {
        payloads.add(JSON.readTree(message.payload()));
      }
    }
    return payloads;
  }

  private Map<String, LabelledSeries> water() throws IOException {
    Map<String, LabelledSeries> byCode = new TreeMap<>();
    LabelledFile.read(file).forEach(series -> byCode.put(series.site().code(), series));
    return byCode;
  }

  private void assertEveryReadingArrivedOnce(Map<String, LabelledSeries> truth) throws IOException {
    for (LabelledSeries series : truth.values()) {
      List<JsonNode> payloads = payloads(series.site().code());
      HashSet<Long> seqs = new HashSet<>();
      payloads.forEach(json -> seqs.add(json.get("seq").longValue()));
      long last =
          payloads.stream()
              .map(json -> json.get("seq").longValue())
              .max(Comparator.naturalOrder())
              .orElseThrow();
      assertEquals(last, seqs.size(), series.site().code() + " tells of every reading");
      assertTrue(arrived(series) >= last - 16, "all but those in flight at the end arrived");
    }
  }

  private static long arrived(LabelledSeries series) {
    return series.readings().stream().filter(reading -> reading.arrivedAt().isPresent()).count();
  }

  /** Of those taken when every device had long been awake. */
  private static long late(LabelledSeries series) {
    return series.readings().stream()
        .filter(reading -> reading.takenAt().isAfter(START.plusSeconds(3)))
        .filter(reading -> reading.arrivedAt().isPresent())
        .filter(
            reading ->
                Duration.between(reading.takenAt(), reading.arrivedAt().orElseThrow()).toMillis()
                    // Clocks are wrong by up to half a second.
                    > 600)
        .count();
  }

  private static InstantSource wallClockFrom(Instant start) {
    long origin = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - origin);
  }

  private static void awaitUntil(BooleanSupplier holds) {
    long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < giveUp, "Not within 60 s.");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
