package io.floodmark.api.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One step of an alert, as it is told. Immutable.
 *
 * @param eventId its number in the history
 * @param alertId the alert's
 * @param alertKind what the alert is about, as {@code flood}
 * @param step what happened, as {@code raised}
 * @param fromLevel level before, 0 to 4
 * @param toLevel level after; 0 is over
 * @param renewal above 0: nothing changed, the alert still holds
 * @param at when it happened, by the reading or the delay that caused it
 * @param recordedAt when we learnt of it
 * @param where name of the sensor or gateway that the alert is of; of a zone with the sensor that
 *     made the step in brackets
 * @param zone that it is of, if it is of a whole one
 * @param place of the sensor that it is of, if it is of one
 * @param spots where its sensors stand
 * @param isMadeUp whether all of it is play
 * @param depthMm water over the ground under the sensor, where a reading caused it
 * @param lowPointDepthMm water at the street's lowest point, where that is known
 */
public record Notice(
    long eventId,
    long alertId,
    String alertKind,
    String step,
    int fromLevel,
    int toLevel,
    int renewal,
    Instant at,
    Instant recordedAt,
    String where,
    Optional<String> zone,
    Optional<Place> place,
    List<Spot> spots,
    boolean isMadeUp,
    OptionalInt depthMm,
    OptionalInt lowPointDepthMm) {
  /** The step of the system that keeps an alert back. */
  public static final String SUPPRESSED = "suppressed";

  /** Staff put it out of sight for a while. */
  public static final String SHELVED = "shelved";

  /** Nobody has seen it yet: told again. */
  public static final String REMINDED = "reminded";

  /** A sensor was taken out of a zone, whose level is lower without it: no water has fallen. */
  public static final String RECOUNTED = "recounted";

  /** Copies the spots. */
  public Notice {
    spots = List.copyOf(spots);
  }

  /**
   * A position.
   *
   * @param lon longitude in degrees
   * @param lat latitude in degrees
   */
  public record Spot(double lon, double lat) {}

  /**
   * A sensor's place.
   *
   * @param code of the sensor
   * @param name that people know it by
   * @param street where it stands, if that is known
   * @param zone which it belongs to, if to one
   * @param spot where exactly
   */
  public record Place(
      String code, String name, Optional<String> street, Optional<String> zone, Spot spot) {}

  /** Whether it ends the alert. */
  public boolean isOver() {
    return toLevel == 0;
  }

  /** Whether the level went up. */
  public boolean isRise() {
    return toLevel > fromLevel;
  }

  /** Whether it is about water in a street. */
  public boolean isFlood() {
    return alertKind.equals("flood");
  }
}
