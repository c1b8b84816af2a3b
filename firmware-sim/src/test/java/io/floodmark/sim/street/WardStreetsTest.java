package io.floodmark.sim.street;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WardStreetsTest {
  @Test
  void mostSensorsHaveNeighboursWithin500MetresAndNoneHasAllOthers() {
    List<Position> places = places(4669);
    for (Position place : places) {
      long near = places.stream().filter(other -> place.metresTo(other) <= 500).count() - 1;
      assertTrue(near >= 1 && near < places.size() - 1, near + " neighbours");
    }
  }

  @Test
  void theyStandInOneWardAndNoTwoOnOneSpot() {
    List<Position> places = places(4670);
    for (Position place : places) {
      assertTrue(place.metresTo(new Position(106.0712, 20.9411)) < 3_000);
      assertEquals(1, places.stream().filter(other -> place.metresTo(other) < 5).count());
    }
  }

  @Test
  void theSameSeedPutsThemInTheSamePlaces() {
    assertEquals(places(1), places(1));
    assertNotEquals(places(1), places(2));
  }

  @Test
  void distancesAreThoseOfTheMap() {
    Position here = new Position(106.0712, 20.9411);
    assertEquals(500, here.metresTo(here.moved(300, 400)), 0.2);
  }

  private static List<Position> places(long seed) {
    return StreetLife.of(StreetMix.REFERENCE, seed).sites().stream()
        .map(site -> site.position().orElseThrow())
        .toList();
  }
}
