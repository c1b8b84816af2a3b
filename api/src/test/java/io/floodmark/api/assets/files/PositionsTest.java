package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.assets.files.PositionReading.Fault;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PositionsTest {
  private static final Bounds WARD = new Bounds(106.03, 20.92, 106.12, 20.98);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"Point\", \"coordinates\": [-79.35, 43.68]}",
        " {\"coordinates\":[-79.35,43.68,12.5],\"type\":\"Point\"} ",
        "POINT (-79.35 43.68)",
        "point(-79.35 43.68)",
        "POINT Z (-79.35 43.68 12.5)",
        "SRID=4326;POINT(-79.35 43.68)"
      })
  void aPointIsUnderstood(String text) {
    assertEquals(Optional.of(new Position(-79.35, 43.68)), Positions.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "somewhere|NOT_UNDERSTOOD",
        "{\"type\":\"Point\"|NOT_UNDERSTOOD",
        "{\"type\":\"Point\",\"coordinates\":[1,2]} x|NOT_UNDERSTOOD",
        "POINT (1)|OTHER_GEOMETRY",
        "LINESTRING (1 2, 3 4)|OTHER_GEOMETRY",
        "{\"type\":\"Polygon\",\"coordinates\":[]}|OTHER_GEOMETRY",
        "POINT (200 100)|OUT_OF_RANGE",
        "POINT (20.95 106.05)|SWAPPED"
      })
  void anotherTextIsNot(String text, Fault fault) {
    PositionReading reading = Positions.read(text);
    assertEquals(Optional.of(fault), reading.fault());
    assertEquals(Optional.empty(), reading.position());
    assertEquals(
        text, reading.problem(1, Optional.of("geometry")).orElseThrow().values().get("cell"));
  }

  @Test
  void twoCellsAreAPointWithPointOrComma() {
    PositionColumns columns = new PositionColumns("kinh độ", "vĩ độ");
    for (String lon : new String[] {"106.05", " 106,05 "}) {
      assertEquals(
          Optional.of(new Position(106.05, 20.95)),
          columns.read(Map.of("kinh độ", lon, "vĩ độ", "20.95")).position());
    }
    assertEquals(PositionReading.nothing(), columns.read(Map.of()));
    assertEquals(
        Optional.of(Fault.NOT_UNDERSTOOD), columns.read(Map.of("kinh độ", "106.05")).fault());
    assertEquals(Optional.of(Fault.SWAPPED), Positions.read("20.95", "106.05").fault());
  }

  @Test
  void aPlaceIsOnEarth() {
    assertEquals(new Position(0, 0), new Position(-0.0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Position(0, 90.1));
    assertThrows(IllegalArgumentException.class, () -> new Position(Double.NaN, 0));
  }

  @Test
  void swappedPointsAreSuspected() {
    LikelySwapped swapped = new LikelySwapped(WARD);
    assertTrue(LikelySwapped.impossibleButSwapped(20.95, 106.05));
    assertFalse(LikelySwapped.impossibleButSwapped(106.05, 20.95));
    assertFalse(swapped.test(new Position(106.05, 20.95)));
    assertFalse(swapped.test(new Position(1, 2)));
    LikelySwapped elsewhere = new LikelySwapped(new Bounds(5, 50, 10, 55));
    assertTrue(elsewhere.test(new Position(52, 7)));
    assertFalse(elsewhere.test(new Position(7, 52)));
  }

  @Test
  void degreesKeepTheirDecimalsWithoutZeros() {
    assertEquals("106.05", Positions.degrees(106.05));
    assertEquals("-79.3564386464949", Positions.degrees(-79.3564386464949));
    assertEquals("100", Positions.degrees(100));
    assertEquals("0", Positions.degrees(-0.0000000000000001));
    assertEquals("POINT (106.05 20)", Positions.wkt(new Position(106.05, 20)));
  }
}
