package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FileTextsTest {
  private static final Map<String, String> VI = FileTexts.vietnamese().sentences();
  private static final Map<String, String> EN = FileTexts.english().sentences();

  private static Set<String> placeholders(String sentence) {
    return Pattern.compile("\\{\\w+\\}")
        .matcher(sentence)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void bothLanguagesSayTheSameThings() {
    assertEquals(new TreeSet<>(VI.keySet()), new TreeSet<>(EN.keySet()));
    VI.forEach(
        (key, sentence) ->
            assertEquals(placeholders(sentence), placeholders(EN.get(key)), () -> key));
  }

  @Test
  void noSentenceIsEmpty() {
    VI.forEach((key, sentence) -> assertFalse(sentence.isBlank(), () -> key));
    EN.forEach((key, sentence) -> assertFalse(sentence.isBlank(), () -> key));
  }

  @Test
  void aProblemIsToldInTheWordsOfTheFile() {
    RowProblem problem =
        new RowProblem(12, Optional.of("DBH $1"), "cell.error", Map.of("cell", "#REF! {row} \\"));
    assertEquals("Hàng 12, cột “DBH $1”", FileTexts.vietnamese().place(problem, FileFormat.XLSX));
    assertEquals("Line 12, column “DBH $1”", FileTexts.english().place(problem, FileFormat.CSV));
    assertEquals(
        "The cell shows the error “#REF! {row} \\”. Correct the formula in Excel.",
        FileTexts.english().sentence(problem));
  }

  @Test
  void anUnknownKeyIsOurFault() {
    RowProblem problem = new RowProblem(1, Optional.empty(), "no.such", Map.of());
    assertThrows(IllegalArgumentException.class, () -> FileTexts.english().sentence(problem));
  }

  @Test
  void aLongCellIsShortenedForItsSentence() {
    assertEquals("x".repeat(120), RowProblem.shortened("x".repeat(120)));
    assertEquals("x".repeat(119) + "…", RowProblem.shortened("x".repeat(121)));
    assertEquals("x".repeat(118) + "…", RowProblem.shortened("x".repeat(118) + "😀😀"));
  }
}
