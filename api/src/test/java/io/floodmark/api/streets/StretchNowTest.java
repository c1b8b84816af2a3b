package io.floodmark.api.streets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.assets.files.Position;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.api.sensors.SensorViews;
import io.floodmark.passability.Passability;
import io.floodmark.passability.TravelMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stretch along which sensors stand 180 mm over the low point. */
final class StretchNowTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");

  private static final StretchLines LINES =
      new StretchLines(
          List.of(List.of(new Position(106.0700, 20.9411), new Position(106.0720, 20.9411))));

  private static final SensorView DRY = SensorViews.sensor(1, "dry").heard(NOW, 0, 0).view();
  private static final SensorView SILENT =
      SensorViews.sensor(2, "silent").heard(NOW.minusSeconds(3_600), 0, 0).view();
  private static final SensorView BAD =
      SensorViews.sensor(3, "bad").heard(NOW, NOW, 400, 4, 4).view();
  private static final SensorView DOUBTED =
      SensorViews.sensor(5, "doubted").heard(NOW, NOW, 0, 0, 3).view();

  @Test
  void aDrySensorLetsThroughOnlyWhoTheLowPointCannotStop() {
    StretchNow now = of(DRY);
    assertEquals(Passability.YES, now.passability().get(TravelMode.TRUCK));
    assertEquals(Passability.UNKNOWN, now.passability().get(TravelMode.MOTORBIKE));
    assertEquals(Optional.of(NOW), now.observedAt());
  }

  @Test
  void oneSilentSensorOrADoubtedReadingMakesAllOfItUnknown() {
    for (SensorView other : List.of(SILENT, BAD, DOUBTED)) {
      assertEquals(
          Passability.UNKNOWN, of(DRY, other).passability().get(TravelMode.TRUCK), other.code());
    }
    assertEquals(Optional.of(NOW.minusSeconds(3_600)), of(DRY, SILENT).observedAt());
  }

  @Test
  void withoutASensorAndWithOneThatIsGoneNothingIsKnown() {
    assertEquals(Passability.UNKNOWN, of().passability().get(TravelMode.TRUCK));
    assertEquals(Optional.empty(), of().observedAt());
    Stretch gone = stretch("dry", "gone");
    StretchNow now = StretchNow.of(gone, Map.of("dry", DRY), NOW);
    assertEquals(Passability.UNKNOWN, now.passability().get(TravelMode.TRUCK));
    assertEquals(Optional.empty(), now.observedAt());
  }

  @Test
  void distancesAreThoseOfTheGround() {
    assertEquals(208, LINES.lengthM(), 0.5);
    assertEquals(0, LINES.metresTo(106.0712, 20.9411), 0.1);
    assertEquals(55.66, LINES.metresTo(106.0712, 20.9416), 0.1);
    assertEquals(104, LINES.metresTo(106.0730, 20.9411), 0.5);
  }

  @Test
  void onlySensorsInServiceThatAreNearAreProposed() {
    StretchLines off = at(20.9411 + 0.00053);
    StretchLines far = at(20.9411 + 0.00055);
    assertEquals(1, StretchProposal.of("Phố Bần", off, List.of(DRY)).size());
    assertEquals(0, StretchProposal.of("Phố Bần", far, List.of(DRY)).size());
    SensorView retired = SensorViews.sensor(4, "old").retired(NOW).view();
    assertEquals(0, StretchProposal.of("Phố Bần", LINES, List.of(retired)).size());
  }

  private static StretchLines at(double lat) {
    return new StretchLines(
        List.of(List.of(new Position(106.07, lat), new Position(106.072, lat))));
  }

  private static StretchNow of(SensorView... sensors) {
    Stretch stretch = stretch(Arrays.stream(sensors).map(SensorView::code).toArray(String[]::new));
    return StretchNow.of(stretch, StretchDesk.byCode(List.of(sensors)), NOW);
  }

  private static Stretch stretch(String... sensors) {
    return new Stretch(1, "Phố Bần", LINES, false, 1, List.of(sensors), Optional.empty());
  }
}
