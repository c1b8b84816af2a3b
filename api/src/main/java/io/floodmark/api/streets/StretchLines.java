package io.floodmark.api.streets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.assets.files.Position;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The course of a stretch: one line or several, each of two positions or more. Distances are
 * reckoned on a plane around what is measured, which is right to a part in a thousand over a ward.
 *
 * @param lines in the order of the file
 */
public record StretchLines(List<List<Position>> lines) {
  /** A hundredth of a metre; more figures only make files longer. */
  private static final int DECIMALS = 7;

  private static final double METRES_PER_DEGREE = 111_320;

  /** Copies the lists and refuses a line that is none. */
  public StretchLines {
    lines = lines.stream().map(List::copyOf).toList();
    if (lines.isEmpty() || lines.stream().anyMatch(line -> line.size() < 2)) {
      throw new IllegalArgumentException("A stretch has a line, and a line two positions or more.");
    }
  }

  /** The coordinates of a MultiLineString that was checked before. */
  static StretchLines stored(JsonNode coordinates) {
    List<List<Position>> lines = new ArrayList<>();
    for (JsonNode line : coordinates) {
      List<Position> positions = new ArrayList<>();
      for (JsonNode position : line) {
        positions.add(new Position(position.get(0).asDouble(), position.get(1).asDouble()));
      }
      lines.add(positions);
    }
    return new StretchLines(lines);
  }

  /** {@code degrees} as they are kept. */
  static double rounded(double degrees) {
    return BigDecimal.valueOf(degrees).setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue();
  }

  /** How many positions there are in all. */
  int positions() {
    return lines.stream().mapToInt(List::size).sum();
  }

  /** The length of all lines together, in metres. */
  double lengthM() {
    double length = 0;
    for (List<Position> line : lines) {
      for (int i = 1; i < line.size(); i++) {
        Position from = line.get(i - 1);
        Position to = line.get(i);
        length += Math.hypot(eastM(from, to.lon(), to.lat()), northM(from, to.lat()));
      }
    }
    return length;
  }

  /** How far a place lies from the nearest point of the lines, in metres. */
  double metresTo(double lon, double lat) {
    Position place = new Position(lon, lat);
    double least = Double.POSITIVE_INFINITY;
    for (List<Position> line : lines) {
      for (int i = 1; i < line.size(); i++) {
        least = Math.min(least, metresTo(place, line.get(i - 1), line.get(i)));
      }
    }
    return least;
  }

  private static double metresTo(Position place, Position from, Position to) {
    double fromEast = eastM(place, from.lon(), from.lat());
    double fromNorth = northM(place, from.lat());
    double east = eastM(place, to.lon(), to.lat()) - fromEast;
    double north = northM(place, to.lat()) - fromNorth;
    double squared = east * east + north * north;
    double share =
        squared == 0
            ? 0
            : Math.max(0, Math.min(1, -(fromEast * east + fromNorth * north) / squared));
    return Math.hypot(fromEast + share * east, fromNorth + share * north);
  }

  private static double eastM(Position origin, double lon, double lat) {
    double cosine = Math.cos(Math.toRadians((origin.lat() + lat) / 2));
    return (lon - origin.lon()) * METRES_PER_DEGREE * cosine;
  }

  private static double northM(Position origin, double lat) {
    return (lat - origin.lat()) * METRES_PER_DEGREE;
  }

  /** Writes the coordinates of a MultiLineString. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (List<Position> line : lines) {
      writeLine(json, line);
    }
    json.writeEndArray();
  }

  /** Writes a geometry of RFC 7946: a LineString where there is one line. */
  void writeGeometry(JsonGenerator json) throws IOException {
    boolean single = lines.size() == 1;
    json.writeStartObject();
    json.writeStringField("type", single ? "LineString" : "MultiLineString");
    json.writeFieldName("coordinates");
    if (single) {
      writeLine(json, lines.get(0));
    } else {
      write(json);
    }
    json.writeEndObject();
  }

  private static void writeLine(JsonGenerator json, List<Position> line) throws IOException {
    json.writeStartArray();
    for (Position position : line) {
      json.writeStartArray();
      json.writeNumber(position.lon());
      json.writeNumber(position.lat());
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
