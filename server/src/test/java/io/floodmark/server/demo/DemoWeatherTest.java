package io.floodmark.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.AlertTransition;
import io.floodmark.api.sensors.register.SensorRow;
import io.floodmark.judging.Standing;
import io.floodmark.judging.Surroundings;
import io.floodmark.quality.QualityReason;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import io.floodmark.sim.street.Cause;
import io.floodmark.sim.street.Sight;
import io.floodmark.surface.Rainfall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What whoever watches the demo sees doubted, judged as ingest does. */
class DemoWeatherTest {
  private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
  private static final int WET_FROM_MM = 20;
  private static final int BLIND_MM = 300;

  private final FloodScenario weather =
      FloodScenario.named(FloodScenario.RAIN_AND_SUN, 12103, 16, START);

  /** What was made of one sensor's readings. */
  private record Told(Set<QualityReason> whenStanding, Set<QualityReason> whenHot, int level) {}

  @Test
  void aParkedMotorbikeIsDoubtedAndRaisesNothing() {
    Told market = watch("bvd-01", "mua-01");
    assertTrue(market.whenStanding().contains(QualityReason.PARKED_OBJECT), market.toString());
    assertEquals(1, market.level(), "its own flood, and no more");
  }

  @Test
  void hotAirWithoutRainIsDoubtedAndRaisesNothing() {
    Told inTheSun = watch("cx-05", "mua-02");
    assertTrue(inTheSun.whenHot().contains(QualityReason.HEAT), inTheSun.toString());
    assertEquals(0, inTheSun.level());
  }

  @Test
  void theFloodsOfTheWardAreRaisedInTheirFirstMinutes() {
    assertEquals(3, watch("bvd-03", "mua-01").level());
    assertEquals(4, watch("nh-04", "").level());
  }

  /** An hour of one sensor, and of the gauge near it. */
  private Told watch(String code, String gaugeCode) {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, String> cells = cells(code);
    Sensor sensor = sensor(cells);
    Place place = place(code);
    Set<QualityReason> standing = EnumSet.noneOf(QualityReason.class);
    Set<QualityReason> hot = EnumSet.noneOf(QualityReason.class);
    int level = 0;
    Standing seen = Standing.UNSEEN;
    Rainfall rainfall = Rainfall.NONE;
    double fallenMm = 0;
    Duration at = Duration.ZERO;
    while (at.compareTo(Duration.ofMinutes(60)) < 0) {
      Instant now = START.plus(at);
      Surroundings around = Surroundings.UNKNOWN;
      if (!gaugeCode.isEmpty()) {
        double totalMm = weather.rainTotalMm(at, place(gaugeCode));
        rainfall = rainfall.with(now, totalMm - fallenMm);
        fallenMm = totalMm;
        around =
            new Surroundings(
                OptionalDouble.of(rainfall.sinceMm(now.minusSeconds(3_600))),
                Surroundings.Neighbours.NONE,
                rainfall.backing());
      }
      Sight sight = weather.sight(at, place);
      int mountMm = Integer.parseInt(cells.get("mount_height_mm"));
      int distanceMm =
          (int)
              Math.max(
                  BLIND_MM,
                  Math.round(sight.echoMm(mountMm) + weather.noiseMm() * random.nextGaussian()));
      Standing.Outcome outcome =
          seen.next(sensor, reading(now, distanceMm), time(now), now, around);
      seen = outcome.after();
      for (AlertTransition transition : outcome.transitions()) {
        level = Math.max(level, transition.toLevel());
      }
      Set<QualityReason> reasons = outcome.judgement().reasons();
      if (sight.cause() == Cause.BOX) {
        standing.addAll(reasons);
      } else if (sight.cause() == Cause.HEAT) {
        hot.addAll(reasons);
      }
      boolean wet = mountMm - distanceMm >= WET_FROM_MM;
      at = at.plusSeconds(wet ? 5 : 30);
    }
    return new Told(standing, hot, level);
  }

  private static Sensor sensor(Map<String, String> cells) {
    return new Sensor(
        1,
        new SensorCode(cells.get("code")),
        SensorKind.DISTANCE,
        new Calibration(
            OptionalInt.of(Integer.parseInt(cells.get("mount_height_mm"))),
            30,
            Integer.parseInt(cells.get("low_point_delta_mm"))),
        new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, Duration.ofMinutes(1)),
        Duration.ofSeconds(30));
  }

  private static ReadingTime time(Instant now) {
    return ReadingTime.of(OptionalLong.of(now.toEpochMilli()), now, Instant.MIN);
  }

  private static Reading reading(Instant now, int distanceMm) {
    return new Reading(
        OptionalLong.of(now.toEpochMilli()),
        OptionalInt.of(distanceMm),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }

  private static Map<String, String> cells(String code) {
    return DemoWard.rows().stream()
        .map(SensorRow::cells)
        .filter(cells -> cells.get("code").equals(code))
        .findFirst()
        .orElseThrow();
  }

  /** As the fleet numbers them: gauges stand where the next water sensor would. */
  private static Place place(String code) {
    List<String> before = new ArrayList<>();
    for (SensorRow row : DemoWard.rows()) {
      Map<String, String> cells = row.cells();
      if (cells.get("code").equals(code)) {
        int ceilingMm = Integer.parseInt(cells.getOrDefault("mount_height_mm", "100000")) - 300;
        String delta = cells.getOrDefault("low_point_delta_mm", "0");
        return new Place(before.size(), Integer.parseInt(delta), ceilingMm);
      }
      if (!cells.get("kind").equals("rain")) {
        before.add(cells.get("code"));
      }
    }
    throw new IllegalArgumentException("The ward has no " + code + ".");
  }
}
