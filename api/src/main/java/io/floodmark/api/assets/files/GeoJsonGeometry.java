package io.floodmark.api.assets.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.floodmark.api.assets.files.PositionReading.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A GeoJSON geometry that should be a point (RFC 7946 §3.1). */
final class GeoJsonGeometry {
  private GeoJsonGeometry() {}

  /** Reads the value on which the parser stands and leaves it on its last token. */
  static PositionReading read(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      // RFC 7946 §3.2: a feature without a location.
      return PositionReading.nothing();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return PositionReading.failed(Fault.NOT_UNDERSTOOD, "");
    }
    String type = "";
    Coordinates coordinates = new Coordinates(List.of(), 0, 0, true);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("type")) {
        type = Objects.requireNonNullElse(parser.getValueAsString(), "");
        parser.skipChildren();
      } else if (name.equals("coordinates")) {
        coordinates = Coordinates.read(parser);
      } else {
        parser.skipChildren();
      }
    }
    return reading(type, coordinates);
  }

  private static PositionReading reading(String type, Coordinates found) {
    boolean single = type.equals("Point") && found.depth() <= 1;
    boolean oneOfMany = type.equals("MultiPoint") && found.depth() <= 2 && found.arrays() <= 2;
    if (!single && !oneOfMany) {
      return type.isEmpty() || type.equals("Point")
          ? PositionReading.failed(Fault.NOT_UNDERSTOOD, type)
          : PositionReading.failed(Fault.OTHER_GEOMETRY, type);
    }
    if (found.numbers().isEmpty() && found.onlyNumbers()) {
      // RFC 7946 §3.1: empty coordinates may be taken for null.
      return PositionReading.nothing();
    }
    if (found.numbers().size() < 2 || !found.onlyNumbers()) {
      return PositionReading.failed(Fault.NOT_UNDERSTOOD, type);
    }
    double lon = found.numbers().get(0);
    double lat = found.numbers().get(1);
    return PositionReading.of(lon, lat, String.format(Locale.ROOT, "[%s, %s]", lon, lat));
  }

  /**
   * What coordinates hold.
   *
   * @param numbers the first two
   * @param depth of the deepest array
   * @param arrays how many there are
   * @param onlyNumbers that nothing else stands in them
   */
  private record Coordinates(List<Double> numbers, int depth, long arrays, boolean onlyNumbers) {

    static Coordinates read(JsonParser parser) throws IOException {
      List<Double> numbers = new ArrayList<>();
      int depth = 0;
      int deepest = 0;
      long arrays = 0;
      boolean onlyNumbers = parser.currentToken() == JsonToken.START_ARRAY;
      do {
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
          depth++;
          arrays++;
          deepest = Math.max(deepest, depth);
          onlyNumbers &= token == JsonToken.START_ARRAY;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isNumeric() && numbers.size() < 2) {
          numbers.add(parser.getDoubleValue());
        } else {
          onlyNumbers &= token.isNumeric();
        }
      } while (depth > 0 && parser.nextToken() != null);
      return new Coordinates(numbers, deepest, arrays, onlyNumbers);
    }
  }
}
