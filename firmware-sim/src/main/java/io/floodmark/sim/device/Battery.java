package io.floodmark.sim.device;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * A cell of 3.7 V nominal that a small panel charges by day. Not thread-safe.
 *
 * <p>A cell that will run flat fades over the last third of its time until, at {@link #CUT_OFF_MV},
 * the device goes dark without a word.
 */
final class Battery {
  /** Below this the regulator of a 3.3 V board gives up. */
  static final double CUT_OFF_MV = 3_300;

  private static final double SUN_MV = 180;
  private static final double SCATTER_MV = 4;

  private final double cellMv;
  private final RandomGenerator random;
  private Instant fadesFrom = Instant.MAX;
  private Instant flatAt = Instant.MAX;

  Battery(RandomGenerator random) {
    this.random = random;
    this.cellMv = random.nextDouble(3_780, 3_900);
  }

  /** It is full now and will be flat after that time. */
  void runsFlat(Instant now, Duration after) {
    flatAt = now.plus(after);
    fadesFrom = flatAt.minus(after.dividedBy(3));
  }

  /** It is full and stays so. */
  void lasts() {
    fadesFrom = Instant.MAX;
    flatAt = Instant.MAX;
  }

  /**
   * What the device measures, mV.
   *
   * @param sun 0 in the dark, 1 at noon
   */
  double mv(Instant now, double sun) {
    double charged = cellMv + SUN_MV * sun;
    double measured = charged + (CUT_OFF_MV - charged) * faded(now);
    return measured + SCATTER_MV * random.nextGaussian();
  }

  private double faded(Instant now) {
    if (!now.isAfter(fadesFrom)) {
      return 0;
    }
    double faded = Duration.between(fadesFrom, now).toMillis();
    return Math.min(1, faded / Math.max(1, Duration.between(fadesFrom, flatAt).toMillis()));
  }
}
