package io.floodmark.api.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AssetCheckTest {
  private static final AssetKind TREE =
      new AssetKind(
          "tree",
          "Cây xanh",
          "Tree",
          true,
          1,
          KindFields.parse(
              """
              [{"key":"species","type":"text","vi":"Loài","en":"Species","max":20},
               {"key":"heightMm","type":"length","unit":"m","vi":"Cao","en":"Height","min":100,"max":80000},
               {"key":"plantedYear","type":"year","vi":"Năm","en":"Year","min":1500,"max":2100},
               {"key":"seenOn","type":"date","vi":"Ngày","en":"Day"},
               {"key":"wired","type":"yesno","vi":"Dây","en":"Wires"},
               {"key":"condition","type":"choice","vi":"Tình trạng","en":"Condition","options":[
                 {"value":"good","vi":"Tốt","en":"Good"},{"value":"poor","vi":"Kém","en":"Poor"}]}]
              """));
  private static final AssetGroups GROUPS =
      new AssetGroups(List.of(new AssetGroups.Group(7, "tdp-1", "Tổ 1", false)));

  private static AssetCheck.Result check(String... keysAndTexts) {
    Map<String, String> texts = new HashMap<>(Map.of("lon", "106,07", "lat", "20.94"));
    for (int i = 0; i < keysAndTexts.length; i += 2) {
      texts.put(keysAndTexts[i], keysAndTexts[i + 1]);
    }
    return new AssetCheck(TREE, GROUPS).check(new AssetDraft(texts, Optional.empty()));
  }

  private static void assertRefused(String field, String problem, String text) {
    List<FieldProblem> problems = check(field, text).problems();
    assertEquals(1, problems.size(), problems::toString);
    assertEquals(field, problems.get(0).field());
    assertEquals("assets.problem." + problem, problems.get(0).key());
  }

  @Test
  void allTypesOfFieldsAreRead() {
    AssetContent content =
        check(
                "heightMm", "7,5",
                "plantedYear", "1998",
                "seenOn", "2/9/2026",
                "wired", "Có",
                "condition", "tốt",
                "group", "to 1")
            .content()
            .orElseThrow();
    assertEquals(new AssetValue.Whole(7_500), content.details().get("heightMm"));
    assertEquals(new AssetValue.Whole(1998), content.details().get("plantedYear"));
    assertEquals(new AssetValue.Words("2026-09-02"), content.details().get("seenOn"));
    assertEquals(new AssetValue.Flag(true), content.details().get("wired"));
    assertEquals(new AssetValue.Words("good"), content.details().get("condition"));
    assertEquals(OptionalInt.of(7), content.groupId());
    assertEquals(106.07, content.lon());
  }

  @Test
  void impossibleValuesNameTheirField() {
    assertRefused("heightMm", "notLength", "cao");
    assertRefused("heightMm", "tooLarge", "90");
    assertRefused("heightMm", "tooSmall", "0");
    assertRefused("plantedYear", "notWhole", "1998,5");
    assertRefused("seenOn", "notDate", "30/2/2026");
    assertRefused("wired", "notYesNo", "maybe");
    assertRefused("condition", "notChoice", "great");
    assertRefused("species", "tooLong", "x".repeat(21));
    assertRefused("group", "noGroup", "tdp-9");
    assertRefused("state", "notState", "gone");
    assertRefused("lat", "offEarth", "91");
    assertRefused("lon", "notDegrees", "east");
    assertRefused("lon", "noPosition", " ");
    assertRefused("name", "control", "a\u0000b");
    assertRefused("colour", "unknown", "red");
  }

  @Test
  void textIsComposedAndTrimmed() {
    AssetContent content =
        check("name", "  Cây  bàng", "number", " ", "street", "Nguye\u0302\u0303n  Trãi ")
            .content()
            .orElseThrow();
    assertEquals(Optional.of("Cây bàng"), content.name());
    assertEquals(Optional.empty(), content.number());
    assertEquals(Optional.of("Nguyễn Trãi"), content.street());
  }

  @Test
  void aKindsMistakesAreNamed() {
    for (String json :
        List.of(
            "{}",
            "[",
            "[{\"key\":\"a\",\"type\":\"text\",\"vi\":\"a\"}]",
            "[{\"key\":\"a\",\"type\":\"colour\",\"vi\":\"a\",\"en\":\"a\"}]",
            "[{\"key\":\"a\",\"type\":\"length\",\"vi\":\"a\",\"en\":\"a\"}]",
            "[{\"key\":\"a\",\"type\":\"choice\",\"vi\":\"a\",\"en\":\"a\"}]",
            "[{\"key\":\"a\",\"type\":\"text\",\"vi\":\"a\",\"en\":\"a\",\"colour\":1}]")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> KindFields.parse(json)).getMessage();
      assertTrue(message.endsWith(".") || message.contains("JSON"), message);
    }
  }

  @Test
  void wordsThatNameTheKindAreNoPartOfTheSearch() {
    AssetKind house = new AssetKind("house", "Nhà", "House", true, 2, List.of());
    assertEquals(
        List.of(
            new AssetSearch.Part(List.of("tree"), "phuong:*"),
            new AssetSearch.Part(List.of("house"), "cay:* & phuong:*")),
        AssetSearch.parts("Cây phượng", List.of(TREE, house)));
    assertEquals(
        List.of(new AssetSearch.Part(List.of("house"), "12 & le:* & loi:*")),
        AssetSearch.parts("12 Lê Lợi", List.of(house)));
  }
}
