package io.floodmark.api.streets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of a street.
 *
 * @param id the database's key
 * @param name of the street or the stretch
 * @param lines its course
 * @param madeUp whether it belongs to the demo
 * @param version raised by every change
 * @param sensors codes of the sensors that speak for it, in the order of the codes
 * @param sensorsSet who said so, and when; empty while nobody has, and {@code sensors} then, too
 */
public record Stretch(
    int id,
    String name,
    StretchLines lines,
    boolean madeUp,
    int version,
    List<String> sensors,
    Optional<Decided> sensorsSet) {
  /** Copies the list. */
  public Stretch {
    sensors = List.copyOf(sensors);
  }

  /** Who decided, and when. */
  public record Decided(String by, Instant at) {}
}
