package io.floodmark.sim.street;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFileTest {
  private static final String HEADER =
      "code,mount_height_mm,low_point_delta_mm,interval_s,taken_at,arrived_at,distance_mm,"
          + "temperature_c,true_depth_mm,cause\n";

  @TempDir Path folder;

  @Test
  void aStreetIsReadAsItWasWritten() throws IOException {
    StreetLife street = StreetLife.of(StreetMix.REFERENCE.ofSize(2, 3), 4669);
    List<LabelledSeries> series =
        street.sites().stream()
            .map(
                site ->
                    LabelledSeries.of(
                        street, site.number(), Instant.parse("2026-05-31T17:00:00Z"), 4669))
            .toList();
    Path file = folder.resolve("street.csv");
    LabelledFile.write(file, series);
    assertEquals(series, LabelledFile.read(file));
  }

  @Test
  void aWrongCellIsNamedWithItsLine() throws IOException {
    assertEquals(
        "Line 2: \"deep\" is no distance_mm: For input string: \"deep\".",
        refusal("s,2500,0,60,2026-06-01T00:00:00Z,,deep,,0,ground\n"));
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
    Path file = Files.writeString(folder.resolve("wrong.csv"), HEADER + line);
    return assertThrows(IllegalArgumentException.class, () -> LabelledFile.read(file)).getMessage();
  }
}
