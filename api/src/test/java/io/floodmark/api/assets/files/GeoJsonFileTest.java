package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GeoJsonFileTest {

  private static String collection(String... features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
  }

  private static String feature(String geometry, String properties) {
    return "{\"properties\":%s,\"geometry\":%s,\"type\":\"Feature\"}"
        .formatted(properties, geometry);
  }

  private static String point(String coordinates) {
    return "{\"coordinates\":" + coordinates + ",\"type\":\"Point\"}";
  }

  private static FileProblemException failure(String text) {
    return assertThrows(FileProblemException.class, () -> FileSamples.rows(text));
  }

  @Test
  void cellsStayInTheWordsOfTheFile() throws Exception {
    String properties =
        "{\"s\":\"007\",\"n\":1.10,\"b\":true,\"nothing\":null,\"blank\":\"\","
            + "\"list\":[1, {\"a\": 2.50}]}";
    try (AssetFile file =
        FileSamples.open(collection(feature(point("[106.05,20.95,4]"), properties)))) {
      assertEquals(List.of("s", "n", "b", "nothing", "blank", "list"), file.columns().names());
      FileRow row = file.next().orElseThrow();
      assertEquals(
          Map.of("s", "007", "n", "1.10", "b", "true", "list", "[1,{\"a\":2.50}]"), row.cells());
      assertEquals(Optional.of(new Position(106.05, 20.95)), row.position());
      assertEquals(Optional.empty(), file.next());
    }
  }

  @Test
  void columnsOfAllFeaturesMakeTheHeader() throws Exception {
    String text = collection(feature("null", "{\"a\":1}"), feature("null", "{\"b\":1,\"a\":2}"));
    try (AssetFile file = FileSamples.open(text)) {
      assertEquals(List.of("a", "b"), file.columns().names());
      assertEquals(List.of(1L, 2L), FileSamples.rows(file).stream().map(FileRow::number).toList());
    }
  }

  @Test
  void oneFeatureIsAFileToo() throws Exception {
    FileRow row =
        FileSamples.rows(
                "{\"id\":12,\"geometry\":null,\"properties\":{\"a\":1},\"type\":\"Feature\"}")
            .get(0);
    assertEquals(Optional.of("12"), row.id());
    assertEquals(1, row.number());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"Point\",\"coordinates\":[106.05,20.95]}",
        "{\"type\":\"MultiPoint\",\"coordinates\":[[106.05,20.95]]}"
      })
  void pointsAreTaken(String geometry) throws Exception {
    FileRow row = FileSamples.rows(collection(feature(geometry, "{\"a\":1}"))).get(0);
    assertEquals(Optional.of(new Position(106.05, 20.95)), row.position());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}|geometry.kind",
        "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4]]}|geometry.kind",
        "{\"type\":\"GeometryCollection\",\"geometries\":[]}|geometry.kind",
        "{\"type\":\"Point\",\"coordinates\":[1]}|position.unreadable",
        "{\"type\":\"Point\",\"coordinates\":[\"1\",\"2\"]}|position.unreadable",
        "{\"type\":\"Point\",\"coordinates\":{\"x\":1}}|position.unreadable",
        "{\"type\":\"Point\",\"coordinates\":[[1,2]]}|position.unreadable",
        "5|position.unreadable",
        "{\"type\":\"Point\",\"coordinates\":[20.95,106.05]}|position.swapped",
        "{\"type\":\"Point\",\"coordinates\":[2095,10605]}|position.range"
      })
  void otherGeometriesAreTheProblemOfTheirFeature(String geometry, String key) throws Exception {
    List<FileRow> rows =
        FileSamples.rows(
            collection(feature(geometry, "{\"a\":1}"), feature(point("[1,2]"), "{\"a\":1}")));
    assertEquals(key, FileSamples.onlyProblem(rows.get(0)).key());
    assertTrue(rows.get(1).problems().isEmpty());
  }

  @Test
  void aFeatureWithoutAPlaceIsOne() throws Exception {
    for (String geometry : List.of("null", point("[]"))) {
      FileRow row = FileSamples.rows(collection(feature(geometry, "{\"a\":1}"))).get(0);
      assertTrue(row.position().isEmpty());
      assertTrue(row.problems().isEmpty());
    }
  }

  @Test
  void whatIsNoFeatureOrSaysAThingTwiceIsTheProblemOfItsRow() throws Exception {
    List<FileRow> rows =
        FileSamples.rows(
            collection(
                "5",
                "{\"type\":\"Point\",\"coordinates\":[1,2]}",
                feature("null", "[1]"),
                feature("null", "{\"a\":1,\"a\":2}")));
    assertEquals(
        List.of("row.noFeature", "row.noFeature", "row.properties", "row.repeated"),
        rows.stream().map(row -> FileSamples.onlyProblem(row).key()).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EPSG:3405",
        "urn:ogc:def:crs:EPSG::9210",
        "urn:ogc:def:crs:EPSG::14326",
        "VN2000"
      })
  void anotherCoordinateSystemIsRefusedEvenBehindTheFeatures(String name) {
    FileProblemException problem = failure(withSystem(name));
    assertEquals("geojson.crs", problem.key());
    assertEquals(name, problem.values().get("crs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "OGC:CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326"
      })
  void theOneCoordinateSystemMayBeNamed(String name) throws Exception {
    assertEquals(1, FileSamples.rows(withSystem(name)).size());
  }

  private static String withSystem(String name) {
    return "{\"type\":\"FeatureCollection\",\"features\":["
        + feature("null", "{\"a\":1}")
        + "],\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\""
        + name
        + "\"}}}";
  }

  @Test
  void aFaultInTheJsonNamesItsLine() {
    FileProblemException problem = failure("{\"type\":\"FeatureCollection\",\n\"features\":[{]}");
    assertEquals("geojson.syntax", problem.key());
    assertEquals("2", problem.values().get("row"));
    assertEquals("geojson.syntax", failure("{\"type\":\"FeatureCollection\",\"features\":[").key());
    assertEquals("geojson.syntax", failure(collection("[".repeat(200) + "]".repeat(200))).key());
  }

  @Test
  void otherJsonIsRefused() {
    assertEquals("geojson.kind", failure("{\"type\":\"Topology\",\"objects\":{}}").key());
    assertEquals("geojson.kind", failure("{\"type\":\"FeatureCollection\"}").key());
    assertEquals("geojson.kind", failure(point("[1,2]")).key());
    assertEquals(
        "geojson.more", failure(feature("null", "{}") + "\n" + feature("null", "{}")).key());
    assertEquals("header.empty", failure(collection(feature("null", "{\"a\":1,\"\":2}"))).key());
  }

  @Test
  void aLongPropertyIsTheProblemOfItsFeature() throws Exception {
    String list = "[\"" + "x".repeat(9_000) + "\",\"" + "y".repeat(9_000) + "\"]";
    List<FileRow> rows =
        FileSamples.rows(
            collection(
                feature("null", "{\"a\":" + list + ",\"b\":1}"), feature("null", "{\"b\":2}")));
    assertEquals("cell.long", FileSamples.onlyProblem(rows.get(0)).key());
    assertEquals(Map.of("b", "1"), rows.get(0).cells());
    assertEquals(Map.of("b", "2"), rows.get(1).cells());
  }
}
