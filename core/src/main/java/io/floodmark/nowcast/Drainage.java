package io.floodmark.nowcast;

import java.util.Arrays;
import java.util.List;

/**
 * How a place drains, by its past floods: as exponentials or as lines, whichever misses fewer of
 * their readings. Immutable.
 *
 * <p>Each past flood gives a time for what is left now. Their logarithms are taken to scatter
 * around their median as a normal distribution does, and the range is that which would hold the
 * next one in 80 % of cases (Student's t, for few are known); docs/nowcast.md says how many it
 * held. One far off the others, where there are five or more, is left out of the spread.
 */
public final class Drainage {
  /** Of fewer floods nothing is said. */
  public static final int FLOODS_MIN = 3;

  /** Older ones may have drained through other gutters. */
  public static final int FLOODS_MAX = 12;

  /** Two floods of one place never drain alike to the minute, even if three by chance did. */
  private static final double SPREAD_MIN = 0.15;

  private static final int OUTLIERS_FROM = 5;
  private static final double OUTLIER_SPREADS = 3;

  /** From the median of absolute deviations to a standard deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  /** 90 % quantile of Student's t for 2 to 11 degrees of freedom. */
  private static final double[] STUDENT_P90 = {
    1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363
  };

  private final List<Recession> floods;
  private final boolean exponential;

  private Drainage(List<Recession> floods, boolean exponential) {
    this.floods = floods;
    this.exponential = exponential;
  }

  /**
   * When it will have drained.
   *
   * @param fromMinutes from now, the earliest
   * @param medianMinutes the middle
   * @param toMinutes the latest
   * @param floods how many say so
   */
  public record Range(double fromMinutes, double medianMinutes, double toMinutes, int floods) {
    private static final double WIDTH_MAX_MINUTES = 6 * 60;

    /** Whether it helps nobody. */
    public boolean isTooWide() {
      return toMinutes - fromMinutes > WIDTH_MAX_MINUTES;
    }
  }

  /**
   * Of a place.
   *
   * @param past newest first, {@link #FLOODS_MIN} or more; those beyond {@link #FLOODS_MAX} are not
   *     looked at
   */
  public static Drainage of(List<Recession> past) {
    if (past.size() < FLOODS_MIN) {
      throw new IllegalArgumentException("Three past floods needed: " + past);
    }
    List<Recession> newest = List.copyOf(past.subList(0, Math.min(FLOODS_MAX, past.size())));
    double exponential = 0;
    double linear = 0;
    for (Recession flood : newest) {
      exponential += flood.exponentialRmseMm() * flood.exponentialRmseMm();
      linear += flood.linearRmseMm() * flood.linearRmseMm();
    }
    return new Drainage(newest, exponential <= linear);
  }

  /** Whether its floods drained as exponentials rather than evenly. */
  public boolean isExponential() {
    return exponential;
  }

  /** Time until {@code depthMm}, of now, has drained to {@link WaterRun#WET_FROM_MM}. */
  public Range minutesTo(int depthMm) {
    double[] logs = floods.stream().mapToDouble(flood -> log(flood, depthMm)).sorted().toArray();
    double median = median(logs);
    double spread = spread(logs, median);
    int freedom = Math.min(logs.length, FLOODS_MAX) - 1;
    double half = STUDENT_P90[freedom - FLOODS_MIN + 1] * spread * Math.sqrt(1 + 1.0 / logs.length);
    return new Range(
        Math.exp(median - half), Math.exp(median), Math.exp(median + half), logs.length);
  }

  /** Logarithm of the minutes by one flood; a minute at least, for the logarithm's sake. */
  private double log(Recession flood, int depthMm) {
    double minutes =
        exponential
            ? flood.tauMinutes() * Math.log((double) depthMm / WaterRun.WET_FROM_MM)
            : (depthMm - WaterRun.WET_FROM_MM) / flood.mmPerMin();
    return Math.log(Math.max(1, minutes));
  }

  private static double spread(double[] logs, double median) {
    double[] deviations = Arrays.stream(logs).map(log -> Math.abs(log - median)).sorted().toArray();
    double usual = Math.max(SPREAD_MIN, MAD_TO_SIGMA * median(deviations));
    double squares = 0;
    int counted = 0;
    for (double deviation : deviations) {
      if (logs.length < OUTLIERS_FROM || deviation <= OUTLIER_SPREADS * usual) {
        squares += deviation * deviation;
        counted++;
      }
    }
    return Math.max(SPREAD_MIN, Math.sqrt(squares / (counted - 1)));
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
