package io.floodmark.api.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.http.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditWordsTest {
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
