package io.floodmark.api.sensors.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ThresholdReplayTest {
  private static final Instant NOON = Instant.parse("2026-11-21T05:00:00Z");
  private static final int DELTA_MM = 100;
  private static final int DRY_MM = 0;

  /** A flood of half an hour: up by 10 mm a minute to 150 mm, and down again. */
  private static final int PEAK_MM = 150;

  private static final int FLOOD_MINUTES = 30;

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
    ThresholdReplay replay = replay(thresholdsMm);
    for (int minute = -10; minute <= 60; minute++) {
      replay.take(reading(minute, minute, depthMm(minute)));
    }
    return replay.episodes(now);
  }

  private static ThresholdReplay replay(List<Integer> thresholdsMm) {
    return new ThresholdReplay(
        new Sensor(
            1,
            new SensorCode("bvd-03"),
            SensorKind.DEPTH,
            new Calibration(OptionalInt.empty(), 25, DELTA_MM),
            new AlertPolicy(thresholdsMm, AlertPolicy.DEFAULT_CLEAR_DELAY),
            Duration.ofMinutes(1)));
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
