package io.floodmark.api.sensors.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.judging.Vicinity;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ThresholdReplayTest {
  private static final Instant NOON = Instant.parse("2026-11-21T05:00:00Z");
  private static final int DELTA_MM = 100;
  private static final int DRY_MM = 0;

  /** A flood of half an hour: up by 10 mm a minute to 150 mm, and down again. */
  private static final int PEAK_MM = 150;

  private static final int FLOOD_MINUTES = 30;

  private static final int BESIDE = 2;
  private static final int GAUGE = 3;

  @Test
  void lowerThresholdsWouldHaveRaisedMore() {
    List<Episode> usual = replayed(List.of(100, 200, 300, 500), at(120));
    assertEquals(1, usual.size());
    assertEquals(2, usual.get(0).peakLevel());
    List<Episode> lower = replayed(List.of(100, 150, 200, 240), at(120));
    assertEquals(4, lower.get(0).peakLevel());
    assertTrue(replayed(List.of(260, 270, 300, 500), at(120)).isEmpty());
  }

  @Test
  void anAlertEndsWithItsDelayAfterTheWater() {
    Episode flood = replayed(List.of(200, 300, 400, 500), at(120)).get(0);
    // 200 mm at the low point from minute 10 on; two readings have to say so.
    assertEquals(at(11), flood.raisedAt());
    Instant cleared = flood.clearedAt().orElseThrow();
    assertTrue(cleared.isAfter(at(20)) && !cleared.isAfter(at(33)), cleared.toString());
    assertEquals(Duration.between(at(11), cleared), flood.lasted(at(120)));
  }

  @Test
  void whatHasNotEndedIsStillOpen() {
    ThresholdReplay replay = replay(List.of(100, 200, 300, 500));
    for (int minute = 0; minute <= 15; minute++) {
      replay.take(reading(minute, minute, depthMm(minute)));
    }
    List<Episode> episodes = replay.episodes(at(60));
    assertEquals(Optional.empty(), episodes.get(0).clearedAt());
  }

  @Test
  void whatCameTooLateRaisesNothing() {
    ThresholdReplay replay = replay(List.of(100, 200, 300, 500));
    for (int minute = 0; minute <= FLOOD_MINUTES; minute++) {
      replay.take(reading(minute, 300 + minute, depthMm(minute)));
    }
    assertEquals(List.of(), replay.episodes(at(600)));
  }

  private static List<Episode> replayed(List<Integer> thresholdsMm, Instant now) {
    return replayed(replay(thresholdsMm), now);
  }

  private static List<Episode> replayed(ThresholdReplay replay, Instant now) {
    for (int minute = -10; minute <= 60; minute++) {
      replay.take(reading(minute, minute, depthMm(minute)));
    }
    return replay.episodes(now);
  }

  @Test
  void rainNeighboursAndResidentsSpeakForWaterAsTheyDidAtTheTime() {
    List<Integer> thresholds = List.of(200, 300, 400, 500);
    List<PastSurroundings.GaugeReading> rain =
        List.of(
            new PastSurroundings.GaugeReading(GAUGE, at(-2), at(-2), 1),
            new PastSurroundings.GaugeReading(GAUGE, at(5), at(5), 4));
    // Of two readings that meet the level at minutes 10 and 11 the first is enough.
    assertEquals(at(10), raisedAt(thresholds, around(rain, Map.of(), List.of())));
    List<PastSurroundings.GaugeReading> late =
        List.of(new PastSurroundings.GaugeReading(GAUGE, at(5), at(40), 4));
    assertEquals(at(11), raisedAt(thresholds, around(late, Map.of(), List.of())));

    NavigableMap<Instant, Instant> flood = new TreeMap<>(Map.of(at(-60), at(0)));
    assertEquals(at(10), raisedAt(thresholds, around(List.of(), Map.of(BESIDE, flood), List.of())));
    NavigableMap<Instant, Instant> over = new TreeMap<>(Map.of(at(-60), at(-10)));
    assertEquals(at(11), raisedAt(thresholds, around(List.of(), Map.of(BESIDE, over), List.of())));

    Vicinity.ConfirmedReport report = new Vicinity.ConfirmedReport(106, 20.001, at(60));
    assertEquals(
        at(10), raisedAt(thresholds, around(List.of(), Map.of(), List.of(shown(5, report)))));
    assertEquals(
        at(11), raisedAt(thresholds, around(List.of(), Map.of(), List.of(shown(15, report)))));
  }

  private static PastSurroundings.ShownReport shown(int minute, Vicinity.ConfirmedReport report) {
    return new PastSurroundings.ShownReport(at(minute), report);
  }

  private static PastSurroundings around(
      List<PastSurroundings.GaugeReading> rain,
      Map<Integer, NavigableMap<Instant, Instant>> floods,
      List<PastSurroundings.ShownReport> reports) {
    Vicinity vicinity =
        Vicinity.of(
            List.of(
                site(1, SensorKind.DEPTH, 20),
                site(BESIDE, SensorKind.DEPTH, 20.002),
                site(GAUGE, SensorKind.RAIN, 20.01)));
    return new PastSurroundings(1, vicinity, rain, floods, reports);
  }

  private static Vicinity.Site site(int id, SensorKind kind, double lat) {
    return new Vicinity.Site(id, "s-" + id, kind, 106, lat, Optional.empty());
  }

  private static Instant raisedAt(List<Integer> thresholdsMm, PastSurroundings around) {
    return replayed(replay(thresholdsMm, around), at(120)).get(0).raisedAt();
  }

  private static ThresholdReplay replay(List<Integer> thresholdsMm) {
    return replay(thresholdsMm, PastSurroundings.NONE);
  }

  private static ThresholdReplay replay(List<Integer> thresholdsMm, PastSurroundings around) {
    return new ThresholdReplay(
        new Sensor(
            1,
            new SensorCode("bvd-03"),
            SensorKind.DEPTH,
            new Calibration(OptionalInt.empty(), 25, DELTA_MM),
            new AlertPolicy(thresholdsMm, AlertPolicy.DEFAULT_CLEAR_DELAY),
            Duration.ofMinutes(1)),
        around);
  }

  private static int depthMm(int minute) {
    return minute < 0 || minute > FLOOD_MINUTES
        ? DRY_MM
        : PEAK_MM - 10 * Math.abs(minute - FLOOD_MINUTES / 2);
  }

  private static StoredReading reading(int minute, int arrivesAtMinute, int depthMm) {
    OptionalLong sent = OptionalLong.of(at(minute).toEpochMilli());
    Reading reading =
        new Reading(
            sent,
            OptionalInt.empty(),
            OptionalInt.of(depthMm),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
    Instant arrivedAt = at(arrivesAtMinute);
    return new StoredReading(reading, ReadingTime.of(sent, arrivedAt, Instant.MIN), arrivedAt);
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }
}
