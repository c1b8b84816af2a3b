package io.floodmark.sim.street;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes a {@link LabelledFile}, reading by reading. Not thread-safe. */
public final class LabelledWriter implements AutoCloseable {
  private final BufferedWriter out;

  /**
   * Begins the file; one that is there already is written over.
   *
   * @throws IOException if that cannot be
   */
  public LabelledWriter(Path file) throws IOException {
    out = Files.newBufferedWriter(file, UTF_8);
    out.write(
        String.join(",", LabelledFile.COLUMNS)
            + ","
            + String.join(",", LabelledFile.OPTIONAL_COLUMNS)
            + "\n");
  }

  /** One reading of a sensor that looks down at the street. */
  public void write(Site site, LabelledReading reading) throws IOException {
    water(site, reading, String.valueOf(reading.distanceMm()), "");
  }

  /**
   * One reading of a pressure gauge.
   *
   * @param reading its distance is left out
   * @param depthMm as sent
   */
  public void writeDepth(Site site, LabelledReading reading, long depthMm) throws IOException {
    water(site, reading, "", String.valueOf(depthMm));
  }

  private void water(Site site, LabelledReading reading, String distanceMm, String depthMm)
      throws IOException {
    line(
        start(
            site.code(),
            String.valueOf(site.mountHeightMm()),
            String.valueOf(site.lowPointDeltaMm()),
            site.interval(),
            reading.takenAt(),
            reading.arrivedAt()),
        distanceMm,
        text(reading.temperatureC()),
        String.valueOf(reading.depthMm()),
        reading.cause().code(),
        lon(site.position()),
        lat(site.position()),
        depthMm,
        "",
        "");
  }

  /** One reading of a rain gauge. */
  public void write(Gauge gauge, RainReading reading) throws IOException {
    line(
        start(gauge.code(), "", "", gauge.interval(), reading.takenAt(), reading.arrivedAt()),
        "",
        "",
        "",
        "",
        lon(gauge.position()),
        lat(gauge.position()),
        "",
        String.valueOf(reading.rainMm()),
        String.valueOf(reading.fallenMm()));
  }

  private static List<String> start(
      String code,
      String mountHeightMm,
      String lowPointDeltaMm,
      Duration interval,
      Instant takenAt,
      Optional<Instant> arrivedAt) {
    return List.of(
        code,
        mountHeightMm,
        lowPointDeltaMm,
        LabelledFile.seconds(interval),
        takenAt.toString(),
        arrivedAt.map(Instant::toString).orElse(""));
  }

  private void line(List<String> start, String... rest) throws IOException {
    List<String> cells = new ArrayList<>(start);
    cells.addAll(List.of(rest));
    out.write(String.join(",", cells) + "\n");
  }

  private static String text(OptionalDouble number) {
    return number.isPresent() ? String.valueOf(number.getAsDouble()) : "";
  }

  private static String lon(Optional<Position> position) {
    return position.map(place -> String.valueOf(place.lon())).orElse("");
  }

  private static String lat(Optional<Position> position) {
    return position.map(place -> String.valueOf(place.lat())).orElse("");
  }

  /** Hands what was written until now to the file system. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
