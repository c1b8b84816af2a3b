package io.floodmark.surface;

import java.time.Instant;

/**
 * What a sensor is believed to look at.
 *
 * @param nature what it is
 * @param heightMm its height over the ground as calibrated, when last seen
 * @param at when it was last seen; {@link Instant#MIN} for never
 * @param run for water: how many readings in a row have seen it, counted up to {@link #RUN_MAX}
 * @param restingMm for a parked thing: the height at which it stands
 * @param moves for a parked thing: by how many readings in a row it has risen (or, below zero,
 *     sunk) from there as only water does
 */
public record Surface(
    Nature nature, double heightMm, Instant at, int run, double restingMm, int moves) {
  /** More are not counted. */
  public static final int RUN_MAX = 20;

  /** Nothing was seen yet. */
  public static final Surface UNSEEN = new Surface(Nature.GROUND, 0, Instant.MIN, 0, 0, 0);

  /** What a surface can be. */
  public enum Nature {
    /** The street. */
    GROUND,
    /** Water on it. */
    WATER,
    /** Something that was put down. */
    THING
  }

  private static final double NOISE_MM = 12;
  private static final double WATER_RISE_MM_PER_MIN = 25;
  private static final double WATER_FALL_MM_PER_MIN = 15;
  private static final double THING_MM_PER_MIN = 10;
  private static final double THING_MINUTES_MAX = 3;
  private static final double THING_SHARE = 0.05;

  static Surface ground(double heightMm, Instant at) {
    return new Surface(Nature.GROUND, heightMm, at, 0, 0, 0);
  }

  static Surface water(double heightMm, Instant at, int run) {
    return new Surface(Nature.WATER, heightMm, at, Math.min(RUN_MAX, run), 0, 0);
  }

  static Surface thing(double heightMm, Instant at, double restingMm, int moves) {
    return new Surface(Nature.THING, heightMm, at, 0, Minutes.rounded(restingMm), moves);
  }

  /** Whether water or bare ground can have gone from here to there. */
  boolean flowsTo(double seenMm, Instant seenAt) {
    double minutes = at.equals(Instant.MIN) ? 1 : Minutes.step(at, seenAt);
    return seenMm - heightMm <= WATER_RISE_MM_PER_MIN * minutes + NOISE_MM
        && heightMm - seenMm <= WATER_FALL_MM_PER_MIN * minutes + NOISE_MM;
  }

  /** Whether that is a thing which stands as it stood: it may settle a little. */
  boolean restsAt(double seenMm, double groundMm) {
    return Math.abs(seenMm - restingMm) <= NOISE_MM + THING_SHARE * Math.abs(restingMm - groundMm);
  }

  /** Whether what was taken for a thing can have moved there bit by bit. */
  boolean driftsTo(double seenMm, Instant seenAt) {
    double minutes = Math.min(THING_MINUTES_MAX, Minutes.step(at, seenAt));
    return Math.abs(seenMm - heightMm) <= THING_MM_PER_MIN * minutes + NOISE_MM;
  }
}
