package io.floodmark.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.sim.csv.CsvTable;
import io.floodmark.sim.reading.JsonReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnMappingTest {
  @TempDir private Path folder;

  private CsvTable.Row row(String header, String cells) throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), header + "\n" + cells + "\n");
    return CsvTable.read(file).rows().get(0);
  }

  @Test
  void readsTheMappingOfTheNoaaSeries() throws IOException {
    ColumnMapping mapping =
        ColumnMapping.parse("sensor=code:noaa,time=time_utc,depth_mm=level_m*1000+800");
    RecordedReading recorded =
        mapping.map(
            row(
                "time_utc,level_m,sigma,flags,quality",
                "2015-01-01T00:00:00Z,1.798,0.023,\"0,0,0,0\",v"));
    assertEquals("noaa", recorded.code());
    assertEquals(Instant.parse("2015-01-01T00:00:00Z"), recorded.at());
    assertEquals("{\"depth_mm\":2598}", JsonReadings.encode(recorded.reading()));
  }

  @Test
  void takesTheSensorFromAColumnAndEpochMilliseconds() throws IOException {
    ColumnMapping mapping =
        ColumnMapping.parse("sensor=site,time=t,distance_mm=d,battery_mv=v*1000");
    RecordedReading recorded = mapping.map(row("site,t,d,v", "s-7,1420070400000,812,3.71"));
    assertEquals("s-7", recorded.code());
    assertEquals(Instant.parse("2015-01-01T00:00:00Z"), recorded.at());
    assertEquals(
        "{\"distance_mm\":812,\"battery_mv\":3710}", JsonReadings.encode(recorded.reading()));
  }

  @Test
  void anEmptyCellLeavesItsFieldOut() throws IOException {
    ColumnMapping mapping =
        ColumnMapping.parse("sensor=code:s,time=t,depth_mm=d,battery_mv=v*1000");
    assertEquals(
        "{\"depth_mm\":5}", JsonReadings.encode(mapping.map(row("t,d,v", "0,5,")).reading()));
    assertFalse(mapping.map(row("t,d,v", "0,,3.7")).reading().hasMeasurement());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday,5",
        "2015-01-01T00:00:00,5",
        ",5",
        "0,deep",
        "0,1e300",
        "0,NaN",
      })
  void aCellThatDoesNotHoldWhatItShouldIsNamedByItsLine(String cells) throws IOException {
    ColumnMapping mapping = ColumnMapping.parse("sensor=code:s,time=t,depth_mm=d");
    CsvTable.Row row = row("t,d", cells);
    String message =
        assertThrows(IllegalArgumentException.class, () -> mapping.map(row)).getMessage();
    assertTrue(message.startsWith("Line 2: "), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sensor=s,time=t",
        "time=t,depth_mm=d",
        "sensor=s,depth_mm=d",
        "sensor=s,time=t,battery_mv=v",
        "sensor=s,time=t,depth=d",
        "sensor=s,time=t,ts=t,depth_mm=d",
        "sensor=s,sensor=s,time=t,depth_mm=d",
        "sensor=s,time=t,depth_mm=",
        "sensor=s,time=t,depth_mm=d+",
      })
  void refusesWhatIsNoMapping(String text) {
    assertThrows(IllegalArgumentException.class, () -> ColumnMapping.parse(text));
  }

  @Test
  void aMissingColumnIsNamedTogetherWithThoseThereAre() {
    ColumnMapping mapping = ColumnMapping.parse("sensor=site,time=t,depth_mm=d*k");
    mapping.checkAgainst(Set.of("site", "t", "d", "k", "more"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> mapping.checkAgainst(Set.of("t", "d")))
            .getMessage();
    assertEquals("The file has no column k, site. It has d, t.", message);
  }
}
