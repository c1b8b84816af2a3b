package io.floodmark.api.assets.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers one feature (RFC 7946 §3.2) from its members, which may come in any order. */
final class GeoJsonFeature {
  private final long number;
  private final FileLimits limits;
  private final Map<String, String> cells = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<RowProblem> problems = new ArrayList<>();
  private String type = "";
  private Optional<String> id = Optional.empty();
  private Optional<Position> position = Optional.empty();

  GeoJsonFeature(long number, FileLimits limits) {
    this.number = number;
    this.limits = limits;
  }

  /** Reads the feature on which the parser stands. */
  static GeoJsonFeature read(JsonParser parser, long number, FileLimits limits)
      throws IOException, FileProblemException {
    GeoJsonFeature feature = new GeoJsonFeature(number, limits);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return feature;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      feature.member(name, parser);
    }
    return feature;
  }

  /** Takes the member on whose value the parser stands. */
  void member(String name, JsonParser parser) throws IOException, FileProblemException {
    switch (name) {
      case "type" -> type = JsonText.read(parser, 100).orElse("");
      case "id" -> id = JsonText.read(parser, 100).map(RowProblem::shortened);
      case "geometry" -> geometry(parser);
      case "properties" -> properties(parser);
      case "crs" -> coordinateSystem(parser);
      default -> parser.skipChildren();
    }
  }

  private void geometry(JsonParser parser) throws IOException {
    PositionReading reading = GeoJsonGeometry.read(parser);
    position = reading.position();
    reading.problem(number, Optional.empty()).ifPresent(problems::add);
  }

  private void properties(JsonParser parser) throws IOException, FileProblemException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        problems.add(problem(ProblemKeys.ROW_PROPERTIES));
      }
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Optional<String> cell = JsonText.read(parser, limits.cellChars());
      if (names.contains(name)) {
        problems.add(new RowProblem(number, Optional.of(name), ProblemKeys.ROW_REPEATED, Map.of()));
        continue;
      }
      names.add(name);
      Columns.checkCount(names.size(), limits);
      if (cell.isPresent() && cell.get().length() > limits.cellChars()) {
        problems.add(RowProblem.tooLong(number, name, cell.get(), limits.cellChars()));
      } else {
        cell.filter(text -> !text.isEmpty()).ifPresent(text -> cells.put(name, text));
      }
    }
  }

  /** RFC 7946 §4 leaves one system only; another, such as VN-2000, would put points elsewhere. */
  private static void coordinateSystem(JsonParser parser) throws IOException, FileProblemException {
    String text = JsonText.read(parser, 1_000).orElse("");
    if (text.isEmpty()) {
      return;
    }
    String name = "";
    try (JsonParser crs = JsonText.FACTORY.createParser(text)) {
      for (JsonToken token = crs.nextToken(); token != null; token = crs.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "name".equals(crs.currentName())) {
          name = crs.getText();
        }
      }
    }
    if (!CoordinateSystem.isWgs84(name)) {
      throw new FileProblemException(
          ProblemKeys.GEOJSON_CRS,
          Map.of("crs", RowProblem.shortened(name.isEmpty() ? text : name)));
    }
  }

  String type() {
    return type;
  }

  /** The names of its properties, those without a value too. */
  List<String> names() {
    return names;
  }

  private RowProblem problem(String key) {
    return new RowProblem(
        number, Optional.empty(), key, Map.of(RowProblem.CELL, RowProblem.shortened(type)));
  }

  FileRow row() {
    if (!type.equals("Feature")) {
      problems.add(problem(ProblemKeys.ROW_NO_FEATURE));
    }
    return new FileRow(number, id, cells, position, problems);
  }
}
