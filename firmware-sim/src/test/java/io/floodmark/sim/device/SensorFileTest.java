package io.floodmark.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.sim.street.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorFileTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("sensors.csv"), text);
  }

  @Test
  void readsWhatASpreadsheetWrites() throws IOException {
    String rows =
        """
        code,name,lon,lat,kind,mount_height_mm,low_point_delta_mm,report_interval_s,token,gateway
        bvd-03,"Ngã tư Bần, phía nam",106.07,20.94,distance,2500,180,30,abc,gw-1

        p-1,Cống,106.08,20.95,depth,,,,def
        r-1,,,,rain,,,300,ghi
        """;
    Path file = file("\uFEFF" + rows.replace("\n", "\r\n"));
    assertEquals(
        List.of(
            new SensorSpec(
                "bvd-03",
                "abc",
                SensorKind.DISTANCE,
                2_500,
                180,
                Duration.ofSeconds(30),
                Optional.of("gw-1"),
                Optional.of(new Position(106.07, 20.94))),
            new SensorSpec(
                "p-1",
                "def",
                SensorKind.DEPTH,
                0,
                0,
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.of(new Position(106.08, 20.95))),
            new SensorSpec("r-1", "ghi", SensorKind.RAIN, 0, 0, Duration.ofSeconds(300))),
        SensorFile.read(file));
  }

  @Test
  void takesAWholeNumberWithItsZeroDecimalsAsTheRegisterDoes() throws IOException {
    Path file = file("code,token,mount_height_mm\ns-1,t,2400.0\n");
    assertEquals(2_400, SensorFile.read(file).get(0).mountHeightMm());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s 1,t,distance,2500|line 2: Not a sensor code",
        "s-1,,distance,2500|has no token",
        "s-1,t,sonar,2500|No kind of sensor",
        "s-1,t,distance,|mount_height_mm must be",
        "s-1,t,distance,2400.5|must be a whole number, not \"2400.5\"",
        "s-1,t,distance,1e10|must be a whole number",
        "s-1,t,distance,high|must be a whole number, not \"high\""
      })
  void namesLineAndFaultOfARowThatIsNoSensor(String row, String fault) throws IOException {
    Path file = file("code,token,kind,mount_height_mm\n" + row + "\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> SensorFile.read(file)).getMessage();
    assertTrue(message.contains(fault), message);
  }

  @Test
  void refusesAFileWithoutTokensWithoutSensorsOrWithOneTwice() throws IOException {
    for (String text :
        List.of(
            "code,name\ns-1,x\n", "code,token\n", "code,token,kind\ns-1,t,depth\ns-1,t,depth\n")) {
      Path file = file(text);
      assertThrows(IllegalArgumentException.class, () -> SensorFile.read(file));
    }
  }

  @Test
  void noTokenShowsInALog() {
    SensorSpec sensor =
        new SensorSpec("s-1", "top-secret", SensorKind.RAIN, 0, 0, Duration.ofSeconds(60));
    assertEquals("s-1 (RAIN)", sensor.toString());
  }
}
