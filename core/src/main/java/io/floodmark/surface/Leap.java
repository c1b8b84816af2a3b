package io.floodmark.surface;

import java.time.Instant;

/**
 * A surface that appeared at once, while nobody knows yet what it is: water goes on rising, what
 * was put down stays as it is, what passes is gone with the next reading.
 *
 * @param samples readings that belong to it, 1 or more
 * @param rises how many of the last ones each rose
 * @param flats how many of the last ones did not
 * @param flatSumMm sum of the heights of those
 * @param lastMm height of the newest
 * @param lastAt its time
 * @param byMm how far it leapt from the surface believed before
 * @param afterSilence whether nobody saw it come
 */
public record Leap(
    int samples,
    int rises,
    int flats,
    double flatSumMm,
    double lastMm,
    Instant lastAt,
    double byMm,
    boolean afterSilence) {
  /** Faster rises were not seen in 2,256 floods, but for one in five hundred. */
  private static final double RISE_MM_PER_MIN = 100;

  private static final double FALL_MM_PER_MIN = 15;
  private static final double NOISE_MM = 12;
  private static final double RISE_MINUTES_MIN = 0.5;
  private static final double RISE_MINUTES_MAX = 3;

  /** A rise from one reading to the next is more than their noise. */
  private static final double RISE_MIN_MM = 10;

  /** The first rise decides most; noise of two readings seldom makes as much. */
  private static final double FIRST_RISE_MIN_MM = 18;

  private static final double RISE_MIN_SHARE = 0.02;

  static Leap from(double surfaceMm, double heightMm, Instant at, boolean afterSilence) {
    return new Leap(1, 0, 0, 0, heightMm, at, Minutes.rounded(heightMm - surfaceMm), afterSilence);
  }

  /** Whether a reading can be of the same surface. */
  boolean goesOnWith(double heightMm, Instant at) {
    double minutes = Math.max(0, Minutes.between(lastAt, at));
    double rising = Math.max(RISE_MINUTES_MIN, Math.min(RISE_MINUTES_MAX, minutes));
    return heightMm - lastMm <= RISE_MM_PER_MIN * rising + NOISE_MM
        && lastMm - heightMm <= FALL_MM_PER_MIN * Minutes.step(lastAt, at) + NOISE_MM;
  }

  Leap with(double heightMm, Instant at, Support support) {
    double least = RISE_MIN_MM;
    if (support == Support.FOR) {
      // With rain few readings decide, so each has to say more.
      least = Math.max(samples == 1 ? FIRST_RISE_MIN_MM : RISE_MIN_MM, RISE_MIN_SHARE * byMm);
    }
    return heightMm - lastMm >= least
        ? new Leap(samples + 1, rises + 1, 0, 0, heightMm, at, byMm, afterSilence)
        : new Leap(
            samples + 1,
            0,
            flats + 1,
            Minutes.rounded(flatSumMm + heightMm),
            heightMm,
            at,
            byMm,
            afterSilence);
  }

  double flatMm() {
    return flatSumMm / flats;
  }
}
