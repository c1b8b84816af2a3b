package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvFileTest {

  private static FileProblemException failure(byte[] bytes) {
    return assertThrows(FileProblemException.class, () -> FileSamples.rows(bytes));
  }

  private static FileProblemException failure(String text) {
    return failure(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rowsCarryTheLineOnWhichTheyBegin() throws Exception {
    List<FileRow> rows = FileSamples.rows("\r\nname,note\r\nA,\"one\r\ntwo\"\r\n\r\n,,\r\nB,\r\n");
    assertEquals(List.of(3L, 7L), rows.stream().map(FileRow::number).toList());
    assertEquals(Map.of("name", "A", "note", "one\r\ntwo"), rows.get(0).cells());
    assertEquals(Map.of("name", "B"), rows.get(1).cells());
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theSeparatorIsToldFromTheHeader(String separator) throws Exception {
    String text = String.join(separator, "tên", "\"a,b;c\"", "d") + "\n1" + separator + "2";
    try (AssetFile file = FileSamples.open(text)) {
      assertEquals(List.of("tên", "a,b;c", "d"), file.columns().names());
      assertEquals(Map.of("tên", "1", "a,b;c", "2"), FileSamples.rows(file).get(0).cells());
    }
  }

  @Test
  void excelsLineNamesTheSeparator() throws Exception {
    List<FileRow> rows = FileSamples.rows("sep=;\r\na,b;c\r\n1;2\r\n");
    assertEquals(Map.of("a,b", "1", "c", "2"), rows.get(0).cells());
    assertEquals(3, rows.get(0).number());
    assertEquals("csv.separator", failure("sep=:\na\n").key());
  }

  @Test
  void utf16WithAMarkIsReadAndUtf8WithOrWithout() throws Exception {
    String text = "tên\nCây phượng\n";
    for (byte[] bytes :
        List.of(
            text.getBytes(StandardCharsets.UTF_8),
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE),
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE))) {
      assertEquals(Map.of("tên", "Cây phượng"), FileSamples.rows(bytes).get(0).cells());
    }
  }

  @Test
  void anotherEncodingIsNamedAndNotRepaired() {
    String text = "ten,duong\n" + "a,b\n".repeat(20_000) + "\u0110a,đươ\u0300ng\n";
    FileProblemException vietnamese = failure(text.getBytes(Charset.forName("windows-1258")));
    assertEquals("file.encoding", vietnamese.key());
    assertEquals(Map.of("row", "20002", "guess", "Windows-1258"), vietnamese.values());
    assertEquals(
        "Windows-1252",
        failure("name\ncafé\n".getBytes(Charset.forName("windows-1252"))).values().get("guess"));
  }

  @Test
  void tooManyCellsAreTheProblemOfTheirRowAlone() throws Exception {
    List<FileRow> rows = FileSamples.rows("a,b\n1,2\n1,2,Spruce, white\n1,2,,\n");
    assertTrue(rows.get(0).problems().isEmpty());
    assertTrue(rows.get(2).problems().isEmpty());
    RowProblem problem = FileSamples.onlyProblem(rows.get(1));
    assertEquals("row.moreCells", problem.key());
    assertEquals("Spruce", problem.values().get("cell"));
    assertEquals("Dòng 3", FileTexts.vietnamese().place(problem, FileFormat.CSV));
    assertTrue(FileTexts.english().sentence(problem).contains("4 cells"));
  }

  @Test
  void aLongCellIsTheProblemOfItsRow() throws Exception {
    List<FileRow> rows =
        FileSamples.rows("a,b\n" + "x".repeat(10_000) + ",1\n" + "x".repeat(10_001) + ",1\n");
    assertTrue(rows.get(0).problems().isEmpty());
    assertEquals("cell.long", FileSamples.onlyProblem(rows.get(1)).key());
    assertEquals(Optional.of("a"), FileSamples.onlyProblem(rows.get(1)).column());
    assertEquals(Map.of("b", "1"), rows.get(1).cells());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1,2\n1,\"open\n2,3\n", "a,b\n1,2\n1,\"closed\"more\n"})
  void aStrayQuoteNamesItsLine(String text) {
    FileProblemException problem = failure(text);
    assertEquals("csv.quote", problem.key());
    assertEquals("3", problem.values().get("row"));
  }

  @Test
  void aQuoteThatNeverEndsDoesNotFillTheMemory() {
    FileProblemException problem = failure("a,b\n1,\"" + "2,3\n".repeat(1_000_000));
    assertEquals("csv.long", problem.key());
    assertEquals("2", problem.values().get("row"));
  }

  @Test
  void aQuoteWithinATextIsAText() throws Exception {
    assertEquals("12\" pipe", FileSamples.rows("a\n12\" pipe\n").get(0).cells().get("a"));
  }

  @Test
  void columnsWithoutANameOrWithTheSameAreNamed() {
    FileProblemException empty = failure("a,,b\n1,2,3\n");
    assertEquals("header.empty", empty.key());
    assertEquals("2 (B)", empty.values().get("columns"));
    FileProblemException repeated = failure("a,b, a,b\n");
    assertEquals("header.repeated", repeated.key());
    assertEquals("a, b", repeated.values().get("columns"));
    assertEquals("file.columns", failure("a,".repeat(200) + "b").key());
  }

  @Test
  void rowsOverTheLimitEndTheReading() {
    byte[] text = "a\n1\n2\n3\n".getBytes(StandardCharsets.UTF_8);
    FileProblemException problem =
        assertThrows(
            FileProblemException.class,
            () -> FileSamples.rows(text, FileLimits.DEFAULT.withRows(2)));
    assertEquals("file.rows", problem.key());
  }
}
