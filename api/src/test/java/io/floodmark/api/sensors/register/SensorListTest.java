package io.floodmark.api.sensors.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorListTest {
  private static final SensorEntry NGA_TU_BAN =
      new SensorEntry(
          new SensorCode("bvd-03"),
          "Ngã tư Bần",
          SensorKind.DISTANCE,
          106.0712,
          20.9411,
          OptionalInt.of(2400),
          180,
          60,
          Optional.of("gw-1"),
          Optional.of("Bần, \"Yên Nhân\""),
          Optional.empty());

  @Test
  void columnsMayStandInAnyOrder() throws IOException {
    List<SensorEntry> sensors =
        entries(
            """
            lat,lon,mount_height_mm,name,code,low_point_delta_mm,gateway,zone
            20.9411,106.0712,2400,Ngã tư Bần,bvd-03,180,gw-1,"Bần, ""Yên Nhân""\"
            """);
    assertEquals(List.of(NGA_TU_BAN), sensors);
  }

  @Test
  void aListIsReadAsItWasWritten() throws IOException {
    assertEquals(List.of(NGA_TU_BAN), entries(SensorList.write(List.of(NGA_TU_BAN))));
  }

  @Test
  void whatALeanRowLeavesOutIsTheDefault() throws IOException {
    SensorEntry rain = entries("code,lon,lat,kind\nr-1,106,20,rain\n").get(0);
    assertEquals("r-1", rain.name());
    assertEquals(OptionalInt.empty(), rain.mountHeightMm());
    assertEquals(0, rain.lowPointDeltaMm());
    assertEquals(60, rain.reportIntervalS());
  }

  @Test
  void theMarkThatSpreadsheetsPutInFrontIsSkipped(@TempDir Path folder) throws IOException {
    String text = "\uFEFFcode,lon,lat,kind\r\nr-1,106,20,rain\r\n";
    Path file = Files.writeString(folder.resolve("list.csv"), text);
    assertEquals(1, SensorList.read(file).size());
  }

  @Test
  void anotherCharacterSetIsRefused(@TempDir Path folder) throws IOException {
    byte[] latin = "code,name\na,phô\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("list.csv"), latin);
    SensorListException refused =
        assertThrows(SensorListException.class, () -> SensorList.read(file));
    assertTrue(refused.getMessage().contains("not UTF-8"), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "code;name;lon | separated by commas, not by semicolons",
        "code,longitude | row 1: \"longitude\" is no column",
        "code,lon,code | row 1: column code is there twice",
        "name,lon | row 1: column code is missing",
        "'' | no header line",
        "code,lon,lat | there is no sensor in it"
      })
  void aHeaderThatIsNoneIsRefused(String header, String reason) {
    SensorListException refused = assertThrows(SensorListException.class, () -> rows(header));
    assertTrue(refused.getMessage().contains(reason), refused::getMessage);
  }

  @Test
  void aRowOfAnotherLengthIsRefusedByTheNumberThatASpreadsheetShows() {
    SensorListException refused =
        assertThrows(SensorListException.class, () -> rows("code,lon\n\na,1\nb\n"));
    assertEquals("row 4: 1 cells, but the header has 2", refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "a b, 106, 20, distance, 2000, column code",
    "a, 181, 20, distance, 2000, column lon",
    "a, '106,5', 20, distance, 2000, column lon",
    "a, 106, NaN, distance, 2000, column lat",
    "a, 106, '', distance, 2000, column lat: missing",
    "a, 106, 20, sonar, 2000, 'column kind: \"sonar\" is not allowed; allowed is distance'",
    "a, 106, 20, distance, 0, column mount_height_mm",
    "a, 106, 20, distance, 100001, a whole number from 1 to 100000",
    "a, 106, 20, distance, 2.5, column mount_height_mm",
    "a, 106, 20, distance, '', column mount_height_mm: missing"
  })
  void aBadCellIsNamedWithWhatIsAllowed(
      String code, String lon, String lat, String kind, String mount, String problem)
      throws IOException {
    String text = "code,lon,lat,kind,mount_height_mm\n%s,\"%s\",%s,%s,%s\n";
    List<SensorFault> problems = new ArrayList<>();
    SensorRow row = rows(text.formatted(code, lon, lat, kind, mount)).get(0);
    assertTrue(row.over(Optional.empty(), problems).isEmpty());
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).inRow("row 2").startsWith("row 2, column "), problems::toString);
    assertTrue(problems.get(0).inRow("row 2").contains(problem), problems::toString);
  }

  @Test
  void aRowChangesWhatItSaysAndLeavesTheRest() throws IOException {
    SensorRow row = rows("code,low_point_delta_mm,zone\nbvd-03,90,\n").get(0);
    List<SensorFault> problems = new ArrayList<>();
    SensorEntry changed = row.over(Optional.of(NGA_TU_BAN), problems).orElseThrow();
    assertEquals(90, changed.lowPointDeltaMm());
    assertEquals(NGA_TU_BAN.name(), changed.name());
    assertEquals(NGA_TU_BAN.mountHeightMm(), changed.mountHeightMm());
    assertEquals(NGA_TU_BAN.zone(), changed.zone());
  }

  @Test
  void aShortTokenIsRefusedWithoutBeingShown() throws IOException {
    SensorRow row = rows("code,lon,lat,kind,token\na,106,20,rain,tooshort\n").get(0);
    List<SensorFault> problems = new ArrayList<>();
    assertTrue(row.over(Optional.empty(), problems).isEmpty());
    assertTrue(problems.get(0).inRow("row 2").contains("column token: not usable (8 characters)"));
    assertTrue(problems.stream().noneMatch(problem -> problem.what().contains("tooshort")));
  }

  @Test
  void aTokenOfTwentyCharactersIsTaken() throws IOException {
    SensorRow row = rows("code,token\na,12345678901234567890\n").get(0);
    List<SensorFault> problems = new ArrayList<>();
    assertEquals(Optional.of(new SensorToken("12345678901234567890")), row.findToken(problems));
    assertEquals(List.of(), problems);
  }

  private static List<SensorRow> rows(String text) throws IOException {
    return SensorList.read(new StringReader(text));
  }

  private static List<SensorEntry> entries(String text) throws IOException {
    List<SensorFault> problems = new ArrayList<>();
    List<SensorEntry> entries =
        rows(text).stream().map(row -> row.over(Optional.empty(), problems).orElseThrow()).toList();
    assertEquals(List.of(), problems);
    return entries;
  }
}
