package io.floodmark.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.sim.street.Sight;
import io.floodmark.sim.street.StreetLife;
import io.floodmark.sim.street.StreetMix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreetScenarioTest {
  /** Six in the morning where the street is. */
  private static final Instant MORNING = Instant.parse("2026-05-31T23:00:00Z");

  private static final StreetLife LIFE = StreetLife.of(StreetMix.REFERENCE.ofSize(30, 4), 4669);
  private static final FloodScenario STREET = FloodScenario.named("street", 4669, 4, MORNING);

  @Test
  void itsSensorsSeeWhatThoseOfTheLabelledStreetSee() {
    for (int place = 0; place < 4; place++) {
      for (int minute = 0; minute < 29 * 1_440; minute += 7) {
        assertEquals(
            LIFE.sight(place, 6 * 60 + minute),
            STREET.sight(Duration.ofMinutes(minute), place(place)));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameStreetAndAnotherDoesNot() {
    assertEquals(day(STREET), day(FloodScenario.named("street", 4669, 4, MORNING)));
    assertNotEquals(day(STREET), day(FloodScenario.named("street", 4670, 4, MORNING)));
  }

  @Test
  void moreSensorsChangeNothingForThoseThatAreThere() {
    assertEquals(day(STREET), day(FloodScenario.named("street", 4669, 9, MORNING)));
  }

  @Test
  void afterThirtyDaysItBeginsAgain() {
    Duration round = Duration.ofDays(30);
    for (int minute = 0; minute < 1_440; minute += 7) {
      Duration at = Duration.ofMinutes(minute);
      assertEquals(STREET.sight(at, place(1)), STREET.sight(at.plus(round), place(1)));
    }
    double rainMm = STREET.rainTotalMm(round);
    assertEquals(LIFE.rainMm(LIFE.minutes()), rainMm, 1e-6);
    assertEquals(2 * rainMm, STREET.rainTotalMm(round.multipliedBy(2)), 1e-6);
  }

  @Test
  void itRainsAsInTheStormsAndNeverBack() {
    double before = 0;
    for (int minute = 0; minute < 40 * 1_440; minute += 5) {
      double fallen = STREET.rainTotalMm(Duration.ofMinutes(minute));
      assertTrue(fallen >= before - 1e-9, minute + ": " + fallen + " after " + before);
      before = fallen;
    }
    assertEquals(0, STREET.rainTotalMm(Duration.ZERO));
  }

  @Test
  void everySecondDeviceHasAThermometerAndItShowsTheAirOfTheBeam() {
    Sight sight = STREET.sight(Duration.ofHours(8 + 48), place(0));
    assertEquals(OptionalDouble.of(sight.beamC()), STREET.thermometerC(sight, place(0), 20));
    assertEquals(OptionalDouble.empty(), STREET.thermometerC(sight, place(1), 20));
  }

  private static List<Sight> day(FloodScenario street) {
    return IntStream.range(0, 3 * 1_440)
        .mapToObj(minute -> street.sight(Duration.ofMinutes(minute), place(2)))
        .toList();
  }

  private static Place place(int ordinal) {
    return new Place(ordinal, 0, 2_200);
  }
}
