package io.floodmark.alert;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A good reading, as alerts see it.
 *
 * @param evaluatedAt event time: the earlier of the sensor's time and the arrival
 * @param arrivedAt server time of its arrival
 * @param lowPointDepthMm depth at the low point; empty where the water does not reach the level
 *     from which it is known
 * @param holdingDepthMm depth at the low point that keeps levels from ending: {@code
 *     lowPointDepthMm}, or the least depth that is ever known where less water than that still
 *     stands under the sensor; empty where none does
 * @param sure whether this reading is enough, where it takes two otherwise
 * @param supportedUntil event time until which something else speaks for water on this street:
 *     rain, a neighbour, residents; {@link Instant#MIN} for never
 */
public record AlertSample(
    Instant evaluatedAt,
    Instant arrivedAt,
    OptionalInt lowPointDepthMm,
    OptionalInt holdingDepthMm,
    boolean sure,
    Instant supportedUntil) {

  /** Of a sensor about which nothing else is known. */
  public static AlertSample alone(
      Instant evaluatedAt, Instant arrivedAt, OptionalInt lowPointDepthMm) {
    return new AlertSample(
        evaluatedAt, arrivedAt, lowPointDepthMm, lowPointDepthMm, false, Instant.MIN);
  }
}
