package io.floodmark.server.demo;

import io.floodmark.api.assets.files.Position;
import io.floodmark.api.streets.StretchLines;
import io.floodmark.api.streets.StretchStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Made-up stretches of streets, drawn by hand along the demo's sensors: one that has no sensor, one
 * of which nobody has said yet which sensor speaks for it.
 *
 * @param name as people call it
 * @param sensors codes of its sensors; empty where nobody has said
 * @param lines its course
 */
record DemoStretches(String name, Optional<List<String>> sensors, StretchLines lines) {
  private static final String BY = "demo";

  /** Adds them where there are none; others stay as people changed them. */
  static void addTo(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement any =
            connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM street_stretch)");
        ResultSet row = any.executeQuery()) {
      row.next();
      if (row.getBoolean(1)) {
        return;
      }
    }
    connection.setAutoCommit(false);
    StretchStore store = new StretchStore(connection);
    for (DemoStretches stretch : all()) {
      store.add(stretch.name, stretch.lines, stretch.sensors, true, BY, now);
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  static List<DemoStretches> all() {
    try (BufferedReader list =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(
                        DemoStretches.class.getResourceAsStream("stretches.csv")),
                    StandardCharsets.UTF_8));
        Stream<String> lines = list.lines()) {
      return lines.skip(1).map(DemoStretches::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sensors: codes with spaces between them, {@code -} for none, nothing where nobody has said. */
  private static DemoStretches parse(String line) {
    String[] cells = line.split(",", -1);
    List<Position> course =
        Stream.of(cells[2].split(";", -1))
            .map(place -> place.split(" ", -1))
            .map(pair -> new Position(Double.parseDouble(pair[0]), Double.parseDouble(pair[1])))
            .toList();
    Optional<List<String>> sensors =
        switch (cells[1]) {
          case "" -> Optional.empty();
          case "-" -> Optional.of(List.of());
          default -> Optional.of(List.of(cells[1].split(" ", -1)));
        };
    return new DemoStretches(cells[0], sensors, new StretchLines(List.of(course)));
  }
}
