package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A register from real life where it is at hand, else one made up with the same dirt. */
final class StreetTreesTest {
  private static final Path TREES = Path.of("../../shared/data/street-trees-sample.csv");

  private static AssetFile open() throws Exception {
    if (Files.exists(TREES)) {
      return AssetFile.open(TREES, FileLimits.DEFAULT);
    }
    StringBuilder text =
        new StringBuilder("STRUCTID,CROSSSTREET1,SITE,COMMON_NAME,DBH_TRUNK,geometry\n");
    for (int i = 0; i < 2_000; i++) {
      text.append(
              "EY%d,%s,%s,\"Spruce, white\",%s,"
                  .formatted(
                      i,
                      i < 92 ? "None" : "GAMBLE AVE",
                      i < 1_983 ? "None" : "PARK",
                      i < 181 ? "" : i))
          .append("\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [-79.35")
          .append(1_000 + i % 1_775)
          .append(", 43.68]}\"\n");
    }
    return FileSamples.open(text.toString());
  }

  @Test
  void aRegisterFromRealLifeIsRead() throws Exception {
    AbsentText.Census census = new AbsentText.Census();
    Set<Position> positions = new HashSet<>();
    Set<String> ids = new HashSet<>();
    int withoutDiameter = 0;
    try (AssetFile file = open()) {
      for (var next = file.next(); next.isPresent(); next = file.next()) {
        FileRow row = next.get();
        assertTrue(row.problems().isEmpty(), () -> row.problems().toString());
        census.add(row);
        ids.add(row.cells().get("STRUCTID"));
        withoutDiameter += row.cell("DBH_TRUNK").isEmpty() ? 1 : 0;
        positions.add(row.cell("geometry").flatMap(Positions::parse).orElseThrow());
      }
    }
    assertEquals(2_000, ids.size());
    assertEquals(1_775, positions.size());
    assertEquals(181, withoutDiameter);
    assertEquals(List.of(new AbsentText.Marker("None", 92)), census.suggestions("CROSSSTREET1"));
    assertEquals(List.of(new AbsentText.Marker("None", 1_983)), census.suggestions("SITE"));
    assertEquals(List.of(), census.suggestions("COMMON_NAME"));
  }
}
