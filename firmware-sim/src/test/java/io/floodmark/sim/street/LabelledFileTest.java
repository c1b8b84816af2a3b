package io.floodmark.sim.street;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFileTest {
  private static final String HEADER =
      "code,mount_height_mm,low_point_delta_mm,interval_s,taken_at,arrived_at,distance_mm,"
          + "temperature_c,true_depth_mm,cause\n";

  private static final Instant MIDNIGHT = Instant.parse("2026-05-31T17:00:00Z");

  @TempDir Path folder;

  @Test
  void aStreetIsReadAsItWasWritten() throws IOException {
    StreetLife street = StreetLife.of(StreetMix.REFERENCE.ofSize(2, 3), 4669);
    List<LabelledSeries> series =
        street.sites().stream()
            .map(site -> LabelledSeries.of(street, site.number(), MIDNIGHT, 4669))
            .toList();
    Path file = folder.resolve("street.csv");
    List<RainSeries> rain =
        street.gauges().stream()
            .map(gauge -> RainSeries.of(street, gauge.number(), MIDNIGHT, 4669))
            .toList();
    LabelledFile.write(file, series, rain);
    assertEquals(series, LabelledFile.read(file));
    assertEquals(rain, LabelledFile.readRain(file));
  }

  @Test
  void aFileNeedNotKnowWhereItsSensorsStand() throws IOException {
    String line = "s,2500,0,60,2026-06-01T00:00:00Z,,2500,,0,ground";
    Path without = Files.writeString(folder.resolve("without.csv"), HEADER + line + "\n");
    assertEquals(Optional.empty(), LabelledFile.read(without).get(0).site().position());
    Path with =
        Files.writeString(
            folder.resolve("with.csv"),
            HEADER.strip() + ",lon,lat\n" + line + ",106.0712,20.9411\n");
    assertEquals(
        Optional.of(new Position(106.0712, 20.9411)),
        LabelledFile.read(with).get(0).site().position());
  }

  @Test
  void aWrongCellIsNamedWithItsLine() throws IOException {
    assertEquals(
        "Line 2: \"deep\" is no distance_mm: For input string: \"deep\".",
        refusal("s,2500,0,60,2026-06-01T00:00:00Z,,deep,,0,ground\n"));
    assertEquals(
        "Line 2: \"206\" is no lon: No place on earth: 206.0, 20.9.",
        refusal("s,2500,0,60,2026-06-01T00:00:00Z,,2500,,0,ground,206,20.9\n"));
    assertEquals("Line 2: taken_at is empty.", refusal("s,2500,0,60,,,2500,,0,ground\n"));
  }

  @Test
  void aMissingColumnIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("short.csv"), "code,cause\ns,ground\n");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> LabelledFile.read(file));
    assertEquals(
        file
            + " has no column mount_height_mm, low_point_delta_mm, interval_s, taken_at,"
            + " arrived_at, distance_mm, temperature_c, true_depth_mm.",
        refused.getMessage());
  }

  private String refusal(String line) throws IOException {
    Path file =
        Files.writeString(folder.resolve("wrong.csv"), HEADER.strip() + ",lon,lat\n" + line);
    return assertThrows(IllegalArgumentException.class, () -> LabelledFile.read(file)).getMessage();
  }
}
