package io.floodmark.bench.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.sim.street.Cause;
import io.floodmark.sim.street.LabelledReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlertScoreTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final int MOUNT_MM = 2_500;
  private static final Sensor SENSOR =
      new Sensor(
          1,
          new SensorCode("s"),
          SensorKind.DISTANCE,
          new Calibration(OptionalInt.of(MOUNT_MM), 25, 100),
          new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, Duration.ofMinutes(10)),
          Duration.ofMinutes(1));

  @Test
  void aFloodThatIsWarnedOfIsFoundWithTheDelayOfEachLevel() {
    // 60 mm meet level 1 at the low point (160), 140 mm level 2 (240).
    AlertScore score = scoreOf(water(0, 0, 60, 60, 60, 140, 140, 140, 0, 0));
    assertEquals(1, score.floodsToFind());
    assertEquals(1.0, score.foundShare());
    assertEquals(1.0, score.delaySamples(0.5), "raised by the second sample of each level");
    assertEquals(0, score.falseAlerts());
  }

  @Test
  void aFloodThatNobodyIsWarnedOfIsMissedUnderTheNameOfWhatHidIt() {
    List<LabelledReading> hidden = new ArrayList<>();
    for (LabelledReading reading : water(0, 0, 150, 150, 150, 0, 0)) {
      hidden.add(
          new LabelledReading(
              reading.takenAt(),
              reading.arrivedAt(),
              10_000,
              reading.temperatureC(),
              reading.depthMm(),
              Cause.ERROR_CODE));
    }
    AlertScore score = scoreOf(hidden);
    assertEquals(0.0, score.foundShare());
    assertEquals(Map.of(Cause.ERROR_CODE, 1), score.figures().get("missesByCause"));
  }

  @Test
  void anAlertWithoutWaterIsFalseUnderTheNameOfWhatWasSeen() {
    AlertScore score = scoreOf(seen(Cause.BOX, 0, 0, 400, 400, 400, 400, 0));
    assertEquals(1, score.falseAlerts());
    assertEquals(Map.of(Cause.BOX, 1), score.figures().get("falseByCause"));
  }

  @Test
  void anAlertRaisedAgainSoonAfterItsEndFlaps() {
    int[] twice = new int[60];
    for (int i : new int[] {5, 6, 7, 25, 26, 27}) {
      twice[i] = 120;
    }
    assertEquals(1, scoreOf(water(twice)).flaps());
    int[] later = new int[60];
    for (int i : new int[] {5, 6, 7, 55, 56, 57}) {
      later[i] = 120;
    }
    assertEquals(0, scoreOf(water(later)).flaps());
  }

  private static AlertScore scoreOf(List<LabelledReading> readings) {
    AlertScore score = new AlertScore();
    score.add(SENSOR, readings, Watched.trace(SENSOR, readings));
    return score;
  }

  private static List<LabelledReading> water(int... depthsMm) {
    return readings(Cause.FLOOD, true, depthsMm);
  }

  private static List<LabelledReading> seen(Cause cause, int... heightsMm) {
    return readings(cause, false, heightsMm);
  }

  private static List<LabelledReading> readings(Cause cause, boolean water, int... surfacesMm) {
    List<LabelledReading> readings = new ArrayList<>();
    for (int i = 0; i < surfacesMm.length; i++) {
      Instant at = START.plus(Duration.ofMinutes(i));
      readings.add(
          new LabelledReading(
              at,
              Optional.of(at.plusMillis(200)),
              MOUNT_MM - surfacesMm[i],
              OptionalDouble.empty(),
              water ? surfacesMm[i] : 0,
              surfacesMm[i] > 0 ? cause : Cause.GROUND));
    }
    return readings;
  }
}
