package io.floodmark.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.sensor.SensorKind;
import io.floodmark.surface.Rainfall;
import io.floodmark.surface.Support;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VicinityTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  /** One thousandth of a degree of latitude is 111 m. */
  private static final Vicinity WARD =
      Vicinity.of(
          List.of(
              site(1, SensorKind.DISTANCE, 20.940),
              site(2, SensorKind.DISTANCE, 20.944),
              site(3, SensorKind.DISTANCE, 20.950),
              site(4, SensorKind.RAIN, 20.960),
              site(5, SensorKind.RAIN, 21.000),
              new Vicinity.Site(
                  6, "s6", SensorKind.DISTANCE, 106.07, 20.9401, Optional.of(List.of("s3")))));

  private final Map<Integer, Vicinity.Word> words = new HashMap<>();

  @Test
  void aNeighbourThatIsWarnedOfSpeaksForWaterForAQuarterOfAnHour() {
    words.put(2, water(NOON, 140, true));
    assertEquals(NOON.plusSeconds(900), around(1).backing().supportedUntil());
    assertEquals(new Surroundings.Neighbours(1, 140), around(1).neighbours());
    assertEquals(Surroundings.UNKNOWN, around(3), "666 m are too far");
  }

  @Test
  void aDryNeighbourAndOneThatHasLongBeenSilentSpeakForNothing() {
    words.put(2, water(NOON, 0, false));
    assertEquals(Support.UNKNOWN, around(1).backing().at(NOON));
    words.put(2, water(NOON.minusSeconds(901), 300, true));
    assertEquals(Surroundings.UNKNOWN, around(1));
  }

  @Test
  void whereStaffListNeighboursOnlyThoseCount() {
    words.put(2, water(NOON, 140, true));
    assertEquals(Support.UNKNOWN, around(6).backing().at(NOON));
    words.put(3, water(NOON, 140, true));
    assertEquals(Support.FOR, around(6).backing().at(NOON));
  }

  @Test
  void aRainGaugeSpeaksForStreetsWithinThreeKilometres() {
    words.put(4, rain(NOON, 6));
    assertEquals(Support.FOR, around(1).backing().at(NOON));
    assertEquals(OptionalDouble.of(6), around(1).rainLastHourMm());
    words.clear();
    words.put(5, rain(NOON, 6));
    assertEquals(Surroundings.UNKNOWN, around(1), "6.7 km are too far");
  }

  @Test
  void aConfirmedReportNearbySpeaksForWaterUntilItIsTakenForOver() {
    Instant until = NOON.plusSeconds(7_200);
    var report = new Vicinity.ConfirmedReport(106.07, 20.9421, until);
    Surroundings near = WARD.around(1, NOON, words::get, List.of(report));
    assertEquals(until, near.backing().supportedUntil());
    assertEquals(Surroundings.UNKNOWN, WARD.around(3, NOON, words::get, List.of(report)));
  }

  private Surroundings around(int sensorId) {
    return WARD.around(sensorId, NOON, words::get, List.of());
  }

  private static Vicinity.Site site(int id, SensorKind kind, double lat) {
    return new Vicinity.Site(id, "s" + id, kind, 106.07, lat, Optional.empty());
  }

  private static Vicinity.Word water(Instant at, int depthMm, boolean warns) {
    return new Vicinity.Word(at, OptionalInt.of(depthMm), warns, Rainfall.NONE);
  }

  private static Vicinity.Word rain(Instant at, double mm) {
    return new Vicinity.Word(at, OptionalInt.empty(), false, Rainfall.NONE.with(at, mm));
  }
}
