package io.floodmark.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A street of the demo ward, along the map's schematic where that draws it.
 *
 * @param name as people call it
 * @param species key of the tree that was planted most
 * @param houses how many stand along it
 * @param trees how many stand along it
 * @param path its middle, two places or more
 */
record DemoStreet(String name, String species, int houses, int trees, List<Place> path) {
  private static final double METRES_PER_DEGREE = 111_320;

  DemoStreet {
    path = List.copyOf(path);
    if (path.size() < 2) {
      throw new IllegalArgumentException("The street " + name + " needs two places or more.");
    }
  }

  /**
   * A place.
   *
   * @param lon longitude in degrees
   * @param lat latitude in degrees
   */
  record Place(double lon, double lat) {
    double metresTo(Place other) {
      double east = (other.lon - lon) * METRES_PER_DEGREE * Math.cos(Math.toRadians(lat));
      return Math.hypot(east, (other.lat - lat) * METRES_PER_DEGREE);
    }
  }

  static List<DemoStreet> all() {
    try (BufferedReader list =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(DemoStreet.class.getResourceAsStream("streets.csv")),
                    StandardCharsets.UTF_8));
        Stream<String> lines = list.lines()) {
      return lines.skip(1).map(DemoStreet::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A place beside the street.
   *
   * @param share of its length, 0 to 1
   * @param asideMetres to the right of who walks along it; negative to the left
   */
  Place beside(double share, double asideMetres) {
    double left = share * lengthMetres();
    int i = 0;
    while (i < path.size() - 2 && left > path.get(i).metresTo(path.get(i + 1))) {
      left -= path.get(i).metresTo(path.get(i + 1));
      i++;
    }
    Place from = path.get(i);
    Place to = path.get(i + 1);
    double length = from.metresTo(to);
    double along = Math.min(1, left / length);
    double perLon = METRES_PER_DEGREE * Math.cos(Math.toRadians(from.lat));
    double east = (to.lon - from.lon) * perLon / length;
    double north = (to.lat - from.lat) * METRES_PER_DEGREE / length;
    return new Place(
        from.lon + along * (to.lon - from.lon) + north * asideMetres / perLon,
        from.lat + along * (to.lat - from.lat) - east * asideMetres / METRES_PER_DEGREE);
  }

  double lengthMetres() {
    double length = 0;
    for (int i = 1; i < path.size(); i++) {
      length += path.get(i - 1).metresTo(path.get(i));
    }
    return length;
  }

  private static DemoStreet parse(String line) {
    String[] cells = line.split(",", -1);
    List<Place> path =
        Stream.of(cells[4].split(";"))
            .map(place -> place.split(" "))
            .map(pair -> new Place(Double.parseDouble(pair[0]), Double.parseDouble(pair[1])))
            .toList();
    return new DemoStreet(
        cells[0], cells[1], Integer.parseInt(cells[2]), Integer.parseInt(cells[3]), path);
  }
}
