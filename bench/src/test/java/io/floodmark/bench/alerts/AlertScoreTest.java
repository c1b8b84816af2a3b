package io.floodmark.bench.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.sim.street.Cause;
import io.floodmark.sim.street.LabelledReading;
import io.floodmark.sim.street.LabelledSeries;
import io.floodmark.sim.street.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AlertScoreTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final int MOUNT_MM = 2_500;
  private static final Site SITE =
      new Site(0, "s", Optional.empty(), MOUNT_MM, 100, false, Duration.ofMinutes(1));

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
    assertEquals(1, scoreOf(water(twoFloods(30))).flaps());
    assertEquals(0, scoreOf(water(twoFloods(70))).flaps());
  }

  /** Two short floods, the second so many minutes after the first. */
  private static int[] twoFloods(int minutes) {
    int[] depths = new int[minutes + 20];
    int[] flood = {30, 60, 90, 110, 120, 110, 95, 80, 60, 40, 20};
    System.arraycopy(flood, 0, depths, 1, flood.length);
    System.arraycopy(flood, 0, depths, 1 + minutes, flood.length);
    return depths;
  }

  private static AlertScore scoreOf(List<LabelledReading> readings) {
    return Streets.score(List.of(new LabelledSeries(SITE, readings)), List.of());
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
