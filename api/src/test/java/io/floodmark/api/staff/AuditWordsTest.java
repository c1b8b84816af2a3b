package io.floodmark.api.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.http.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AuditWordsTest {
  /** What a file has that writes to the audit log. */
  private static final Pattern AUDITS = Pattern.compile("AuditLog\\.add|[. ]audit\\(");

  private static final Pattern ACTION =
      Pattern.compile(
          "\"((?:alert|asset|bulletin|care|channel|group|household|kind|password|plate|report|sensor|session|staff|street|token|travel)"
              + "(?:\\.[a-zA-Z]+)+)\"");

  /** Texts of pages that are named alike in the same files. */
  private static final Set<String> NO_ACTIONS =
      Set.of(
          "care.book",
          "care.bookTree",
          "care.title",
          "password.again.differs",
          "password.same",
          "password.title",
          "password.wrong");

  private final AuditWords vi = AuditWords.inAllLanguages().get(Language.VI);
  private final AuditWords en = AuditWords.inAllLanguages().get(Language.EN);

  @Test
  void detailsAreLabelsAndValuesInTheReadersLanguage() {
    assertEquals(
        List.of("Trạng thái: Đã in → Đã gắn"),
        vi.details("{\"after\": \"mounted\", \"before\": \"printed\"}"));
    assertEquals(
        List.of("Vai trò: Chỉ xem → Cán bộ xử lý"),
        vi.details("{\"role\": \"viewer → operator\"}"));
    assertEquals(
        List.of("Rights: Read the register, Import lists"),
        en.details("{\"rights\": \"register.see register.import\"}"));
    assertEquals(
        List.of("Rows: 6", "New: 6", "Changed: 0"),
        en.details("{\"rows\": \"6\", \"added\": \"6\", \"changed\": \"0\"}"));
    assertEquals(List.of(), vi.details("{}"));
  }

  @Test
  void whatNobodyHasWrittenWordsForIsShownAsItIsStored() {
    assertEquals("sensor.blink", vi.action("sensor.blink"));
    assertEquals(List.of("colour: red"), vi.details("{\"colour\": \"red\"}"));
    assertEquals("geojson", vi.subject("geojson"));
    assertEquals("", vi.link("geojson"));
  }

  @Test
  void whatItWasDoneToIsNamedAndLinked() {
    assertEquals("Tài sản 2", vi.subject("asset:2"));
    assertEquals("/staff/assets/2", vi.link("asset:2"));
    assertEquals("Phản ánh 37083938", vi.subject("report:37083938"));
    assertEquals("Cán bộ lan.nguyen", vi.subject("staff:lan.nguyen"));
    assertEquals("", vi.link("staff:lan.nguyen"));
    assertEquals("dòng lệnh", vi.actor("command line"));
    assertEquals("lan.nguyen", vi.actor("lan.nguyen"));
  }

  /** Read from the sources, so that an action that is added later is found, too. */
  @Test
  void everyActionThatTheCodeWritesHasWords() throws IOException {
    Set<String> wordless = new TreeSet<>();
    int found = 0;
    for (String root : List.of("src/main/java", "../server/src/main/java")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file);
          if (!AUDITS.matcher(source).find()) {
            continue;
          }
          for (Matcher action = ACTION.matcher(source); action.find(); found++) {
            String key = action.group(1);
            if (vi.action(key).equals(key) || en.action(key).equals(key)) {
              wordless.add(key);
            }
          }
        }
      }
    }
    wordless.removeAll(NO_ACTIONS);
    assertEquals(Set.of(), wordless);
    assertTrue(found > 30, "only " + found + " actions were found");
  }

  @Test
  void everyStepOfAReportHasWords() {
    for (String step :
        List.of(
            "screened",
            "assigned",
            "started",
            "done",
            "rejected",
            "duplicate",
            "reopened",
            "note",
            "confirmed")) {
      String action = "report." + step;
      assertEquals(false, vi.action(action).equals(action), action);
      assertEquals(false, en.action(action).equals(action), action);
    }
  }
}
