package io.floodmark.sim.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a sensor measures. */
public enum SensorKind {
  /** Ultrasonic, looking down: sends {@code distance_mm}. */
  DISTANCE,
  /** Pressure: sends {@code depth_mm}. */
  DEPTH,
  /** A tipping-bucket gauge: sends {@code rain_mm}. */
  RAIN;

  /**
   * Reads {@code distance}, {@code depth} or {@code rain}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static SensorKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No kind of sensor: \"%s\". Use one of %s."
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(SensorKind::text)
                                .collect(Collectors.joining(", ")))));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
