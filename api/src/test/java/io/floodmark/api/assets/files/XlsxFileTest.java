package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XlsxFileTest {
  private static final String HEADER =
      "<row r='2'>" + FileSamples.inline("A2", "tên") + FileSamples.inline("B2", "số") + "</row>";

  private static byte[] sheet(String rows) throws Exception {
    return FileSamples.workbook("<sheetData><row r='1'/>" + HEADER + rows + "</sheetData>");
  }

  private static FileRow row(String cells) throws Exception {
    return FileSamples.rows(sheet("<row r='7'>" + cells + "</row>")).get(0);
  }

  private static String cell(String b) throws Exception {
    FileRow row = row(b);
    assertTrue(row.problems().isEmpty(), () -> row.problems().toString());
    return row.cells().get("số");
  }

  private static FileProblemException failure(byte[] bytes) {
    return assertThrows(FileProblemException.class, () -> FileSamples.rows(bytes));
  }

  @Test
  void rowsHaveTheNumbersThatExcelShows() throws Exception {
    FileRow row = row(FileSamples.inline("A7", "Cây") + "<c r='B7'><v>12</v></c>");
    assertEquals(7, row.number());
    assertEquals(Map.of("tên", "Cây", "số", "12"), row.cells());
  }

  @Test
  void numbersAreAsTheirUserSeesThem() throws Exception {
    assertEquals("12", cell("<c r='B7'><v>12.0</v></c>"));
    assertEquals("0.3", cell("<c r='B7'><v>0.30000000000000004</v></c>"));
    assertEquals("120000", cell("<c r='B7'><v>1.2E5</v></c>"));
    assertEquals("46348", cell("<c r='B7' s='3'><v>46348</v></c>"));
    assertEquals("true", cell("<c r='B7' t='b'><v>1</v></c>"));
  }

  @Test
  void datesAreIso() throws Exception {
    assertEquals("2026-11-22", cell("<c r='B7' s='1'><v>46348</v></c>"));
    assertEquals("1900-01-01", cell("<c r='B7' s='1'><v>1</v></c>"));
    assertEquals("1900-03-01", cell("<c r='B7' s='1'><v>61</v></c>"));
    assertEquals("2026-11-22T07:30:00", cell("<c r='B7' s='2'><v>46348.3125</v></c>"));
    assertEquals("07:30:00", cell("<c r='B7' s='4'><v>0.3125</v></c>"));
  }

  @Test
  void datesFrom1904AreIsoToo() throws Exception {
    Map<String, String> parts =
        new TreeMap<>(
            FileSamples.workbookParts(
                "<worksheet><sheetData>"
                    + HEADER
                    + "<row r='7'><c r='B7' s='1'><v>44886</v></c></row></sheetData></worksheet>"));
    parts.computeIfPresent(
        "xl/workbook.xml",
        (name, text) -> text.replace("<sheets>", "<workbookPr date1904='1'/><sheets>"));
    assertEquals("2026-11-22", FileSamples.rows(FileSamples.zip(parts)).get(0).cells().get("số"));
  }

  @Test
  void formulasGiveTheirLastResult() throws Exception {
    assertEquals("5", cell("<c r='B7'><f>2+3</f><v>5</v></c>"));
    assertEquals("ab", cell("<c r='B7' t='str'><f>A1&amp;B1</f><v>ab</v></c>"));
    FileRow without = row("<c r='B7'><f>2+3</f></c>");
    assertEquals("cell.noResult", FileSamples.onlyProblem(without).key());
  }

  @Test
  void errorsAreTheProblemOfTheirRow() throws Exception {
    for (String cell :
        List.of("<c r='B7' t='e'><v>#REF!</v></c>", "<c r='B7' t='e'><f>A0</f><v>#REF!</v></c>")) {
      RowProblem problem = FileSamples.onlyProblem(row(cell));
      assertEquals("cell.error", problem.key());
      assertEquals(Optional.of("số"), problem.column());
      assertEquals("#REF!", problem.values().get("cell"));
    }
  }

  @Test
  void tooManyCellsAreTheProblemOfTheirRow() throws Exception {
    assertEquals(
        "row.moreCells", FileSamples.onlyProblem(row(FileSamples.inline("D7", "extra"))).key());
  }

  @Test
  void aSheetIsChosenByItsName() throws Exception {
    byte[] bytes = sheet("");
    try (AssetFile file =
        AssetFile.open(
            new ByteArrayInputStream(bytes),
            Optional.of("Cây"),
            FileLimits.DEFAULT,
            FileSamples.TEMPORARY)) {
      assertEquals(List.of("Cây"), file.sheets());
    }
    FileProblemException problem =
        assertThrows(
            FileProblemException.class,
            () ->
                AssetFile.open(
                    new ByteArrayInputStream(bytes),
                    Optional.of("Nhà"),
                    FileLimits.DEFAULT,
                    FileSamples.TEMPORARY));
    assertEquals("xlsx.sheet", problem.key());
  }

  @Test
  void aWorkbookNeedsNoStyles() throws Exception {
    Map<String, String> parts =
        new TreeMap<>(
            FileSamples.workbookParts(
                "<worksheet><sheetData>" + HEADER + "</sheetData></worksheet>"));
    parts.remove("xl/styles.xml");
    try (AssetFile file = FileSamples.open(FileSamples.zip(parts))) {
      assertEquals(List.of("tên", "số"), file.columns().names());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row r='3'><c r='ZZZZZZ3'><v>1</v></c></row>",
        "<row r='3'><c r=\"&#90;ZZZZZ3\"><v>1</v></c></row>",
        "<row r='3'><c r='-1'><v>1</v></c></row>",
        "<row r='3'><c r='A3' t='s'><v>5</v></c></row>",
        "<row r='x'><c r='A3'><v>1</v></c></row>",
        "<row r='3'><c r='A3' t='huh'><v>1</v></c></row>",
        "<row r='3'><si/></row>",
        "<row r='3'>"
      })
  void aDamagedSheetIsASentence(String rows) throws Exception {
    assertEquals("xlsx.damaged", failure(sheet(rows)).key());
  }

  @Test
  void aRowOfTooManyCellsIsRefused() throws Exception {
    assertEquals("xlsx.damaged", failure(sheet("<row>" + "<c/>".repeat(16_385) + "</row>")).key());
  }

  @Test
  void entitiesAreRefused() throws Exception {
    String laughs =
        "<!DOCTYPE worksheet [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><worksheet><sheetData>"
            + HEADER
            + "<row r='3'>"
            + FileSamples.inline("A3", "&b;")
            + "</row></sheetData></worksheet>";
    assertEquals("xlsx.damaged", failure(FileSamples.zip(FileSamples.workbookParts(laughs))).key());
  }

  @Test
  void aBombIsRefused() throws Exception {
    String blank = "<!-- " + " ".repeat(900_000) + " -->";
    assertEquals("xlsx.unpacked", failure(sheet(blank.repeat(20))).key());
    String attribute = "<row r='3' x='" + "y".repeat(1_100_000) + "'/>";
    assertEquals("xlsx.unpacked", failure(sheet(attribute)).key());
    String text = FileSamples.inline("A3", "x".repeat(50_000));
    assertEquals("xlsx.damaged", failure(sheet("<row r='3'>" + text + "</row>")).key());
  }

  @Test
  void aCutZipIsASentence() throws Exception {
    byte[] whole = sheet("");
    assertEquals("xlsx.damaged", failure(Arrays.copyOf(whole, whole.length / 2)).key());
  }
}
