package io.floodmark.api.streets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.assets.files.Bounds;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StretchFileTest {
  private static final Optional<Bounds> WARD = Optional.of(new Bounds(105.8, 20.7, 106.3, 21.2));
  private static final String LINE = "[[106.05,20.94],[106.051,20.941]]";

  @Test
  void linesOfBothKindsAreReadWithTheirNamesAndSensors() {
    StretchFile.Content content =
        read(
            collection(
                feature("LineString", LINE, "\"ten_duong\":\" Phố Bần \""),
                feature(
                    "MultiLineString",
                    "[" + LINE + ",[[106.06,20.95,4],[106.061,20.95,5]]]",
                    "\"Tên\":\"Đường 196\",\"id\":7,\"sensors\":\"nh-02, nh-01;nh-01\""),
                feature("LineString", LINE, "\"name\":\"Ngõ 12\",\"sensors\":[\"bvd-05\"]")));
    assertEquals(List.of(), content.faults());
    assertEquals(
        List.of("Phố Bần", "Đường 196", "Ngõ 12"),
        content.drafts().stream().map(StretchDraft::name).toList());
    assertEquals(2, content.drafts().get(1).lines().lines().size());
    assertEquals(Optional.empty(), content.drafts().get(0).sensors());
    assertEquals(Optional.of(List.of("nh-01", "nh-02")), content.drafts().get(1).sensors());
    assertEquals(Optional.of(List.of("bvd-05")), content.drafts().get(2).sensors());
  }

  @Test
  void oneFeatureAloneIsAFileToo() {
    assertEquals(1, read(feature("LineString", LINE, "\"name\":\"Phố Bần\"")).drafts().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Point | [106.05,20.94] | otherGeometry",
        "Polygon | [[[106.05,20.94],[106.06,20.94],[106.05,20.95],[106.05,20.94]]] | otherGeometry",
        "LineString | [[106.05,20.94]] | short",
        "LineString | [[106.05,20.94],[106.05,20.94]] | short",
        "LineString | [] | short",
        "MultiLineString | [] | noLine",
        "LineString | [[106.05,20.94],[\"106\",20.95]] | noPosition",
        "LineString | [[106.05,20.94],7] | noPosition",
        "LineString | [[20.94,106.05],[20.95,106.06]] | swapped",
        "LineString | [[106.05,20.94],[190,95]] | range",
        "LineString | [[106.05,20.94],[106.9,20.94]] | outside",
      })
  void aLineThatIsNoneIsSaidToBeSo(String type, String coordinates, String key) {
    StretchFile.Content content =
        read(
            collection(
                feature("LineString", LINE, "\"name\":\"gut\""),
                feature(type, coordinates, "\"name\":\"Phố Bần\"")));
    assertEquals(List.of(key), content.faults().stream().map(StretchFault::key).toList());
    assertEquals(2, content.faults().get(0).feature());
    assertEquals("Phố Bần", content.faults().get(0).name());
  }

  @Test
  void everyFaultIsFoundAtOnceAndHasWordsInBothLanguages() {
    StretchFile.Content content =
        read(
            collection(
                feature("LineString", LINE, "\"ref\":\"QL5\""),
                feature("LineString", LINE, "\"name\":\"" + "x".repeat(121) + "\""),
                "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"name\":\"Phố Bần\"}}",
                "17"));
    assertEquals(
        List.of("noName", "longName", "noLine", "noFeature"),
        content.faults().stream().map(StretchFault::key).toList());
    for (Language language : Language.values()) {
      Texts texts = Texts.load(language, "streets");
      for (StretchFault fault : content.faults()) {
        assertFalse(fault.sentence(texts).contains("streets.fault"), fault.key());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"type\":\"Point\"}", "{\"features\":[]}"})
  void whatIsNoCollectionOfFeaturesIsRefused(String text) {
    assertEquals(1, read(text).faults().size(), text);
    assertEquals(0, read(text).faults().get(0).feature());
  }

  @Test
  void anEmptyCollectionAnotherSystemAndAnotherEncodingAreRefused() {
    assertEquals("empty", onlyFault(collection()));
    String crs =
        "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":"
            + "{\"name\":\"%s\"}},\"features\":["
            + feature("LineString", LINE, "\"name\":\"Phố Bần\"")
            + "]}";
    assertEquals("crs", onlyFault(crs.formatted("EPSG:3405")));
    assertEquals(1, read(crs.formatted("urn:ogc:def:crs:OGC:1.3:CRS84")).drafts().size());
    byte[] bytes = collection().getBytes(StandardCharsets.UTF_16);
    assertEquals("encoding", StretchFile.read(bytes, WARD).faults().get(0).key());
  }

  @Property(tries = 300, seed = "4672")
  void nothingAtAllMakesItFall(@ForAll String text, @ForAll byte[] bytes) {
    assertFalse(StretchFile.read(bytes, WARD).faults().isEmpty());
    String name = text.replace("\\", "").replace("\"", "");
    assertTrue(
        read(collection(feature("LineString", LINE, "\"name\":\"" + name + "\""))).drafts().size()
            <= 1);
  }

  private static String onlyFault(String text) {
    List<StretchFault> faults = read(text).faults();
    assertEquals(1, faults.size(), faults.toString());
    return faults.get(0).key();
  }

  private static StretchFile.Content read(String text) {
    return StretchFile.read(text.getBytes(StandardCharsets.UTF_8), WARD);
  }

  private static String collection(String... features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
  }

  private static String feature(String type, String coordinates, String properties) {
    return "{\"type\":\"Feature\",\"geometry\":{\"type\":\""
        + type
        + "\",\"coordinates\":"
        + coordinates
        + "},\"properties\":{"
        + properties
        + "}}";
  }
}
