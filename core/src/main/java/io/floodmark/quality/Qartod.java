package io.floodmark.quality;

import io.floodmark.reading.RecentValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tests of QARTOD on the values of a series, over all of it at once. What they say in odd cases
 * is what the reference implementation says (ioos_qc, {@code ioos_qc/qartod.py}).
 *
 * <p>Values are in any one unit, NaN where missing; times are milliseconds since 1970, rising. The
 * answer has a flag for each value. Pure.
 */
public final class Qartod {
  private static final int FLAT_LINE_SAMPLES_MIN = 3;
  private static final long MILLIS_PER_SECOND = 1_000;

  private Qartod() {}

  /**
   * Test 4: what the device can measure, and what is likely.
   *
   * @param possible values outside fail
   * @param likely values outside are suspect
   * @throws IllegalArgumentException if the likely are not among the possible
   */
  public static QualityFlag[] grossRange(double[] values, Span possible, Optional<Span> likely) {
    if (likely.isPresent() && !possible.contains(likely.get())) {
      throw new IllegalArgumentException(
          "What is likely must be possible: " + likely.get() + " in " + possible);
    }
    QualityFlag[] flags = new QualityFlag[values.length];
    Arrays.setAll(flags, i -> grossRange(values[i], possible, likely));
    return flags;
  }

  /** The same for one value. */
  public static QualityFlag grossRange(double value, Span possible, Optional<Span> likely) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    if (!possible.contains(value)) {
      return QualityFlag.BAD;
    }
    return likely.isPresent() && !likely.get().contains(value)
        ? QualityFlag.SUSPECT
        : QualityFlag.GOOD;
  }

  /**
   * Test 5: what is usual at that time of the year, by months in UTC. Extremes are real, so what is
   * unusual is suspect and never fails. Of several seasons that a value falls into the last counts;
   * outside all of them nothing is said.
   */
  public static QualityFlag[] climatology(long[] times, double[] values, List<Season> seasons) {
    QualityFlag[] flags = new QualityFlag[values.length];
    Arrays.setAll(flags, i -> climatology(times[i], values[i], seasons));
    return flags;
  }

  /** The same for one value. */
  public static QualityFlag climatology(long time, double value, List<Season> seasons) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    int month = Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC).getMonthValue();
    QualityFlag flag = QualityFlag.NOT_EVALUATED;
    for (Season season : seasons) {
      if (season.contains(month)) {
        flag = season.usual().contains(value) ? QualityFlag.GOOD : QualityFlag.SUSPECT;
      }
    }
    return flag;
  }

  /**
   * Test 6: a value that sticks out of both its neighbours. The first and the last have one only.
   */
  public static QualityFlag[] spike(double[] values, SpikeRule rule) {
    QualityFlag[] flags = new QualityFlag[values.length];
    for (int i = 0; i < values.length; i++) {
      boolean atAnEnd = i == 0 || i == values.length - 1;
      flags[i] =
          atAnEnd
              ? rule.judge(Double.NaN, values[i], Double.NaN)
              : rule.judge(values[i - 1], values[i], values[i + 1]);
    }
    return flags;
  }

  /**
   * Test 7: values that change too fast to be sure; suspect, or of high interest, and never failed.
   *
   * @param perSecond change a second beyond which a value is suspect
   */
  public static QualityFlag[] rateOfChange(long[] times, double[] values, double perSecond) {
    QualityFlag[] flags = new QualityFlag[values.length];
    for (int i = 0; i < values.length; i++) {
      double last = i == 0 ? Double.NaN : values[i - 1];
      long passed = i == 0 ? 0 : times[i] - times[i - 1];
      flags[i] = rateOfChange(last, values[i], passed, perSecond);
    }
    return flags;
  }

  /** The same for one value; {@code last} is the one before it, NaN for none. */
  static QualityFlag rateOfChange(double last, double value, long passedMillis, double perSecond) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    // Whole seconds as in the reference; within one second there is no rate.
    long seconds = passedMillis / MILLIS_PER_SECOND;
    double rate = seconds == 0 ? Double.NaN : Math.abs(value - last) / seconds;
    return rate > perSecond ? QualityFlag.SUSPECT : QualityFlag.GOOD;
  }

  /**
   * Test 8 as the reference runs it: its counts follow from the median of the time between samples.
   */
  public static QualityFlag[] flatLine(
      long[] times, double[] values, int suspectSeconds, int failSeconds, double tolerance) {
    if (values.length < FLAT_LINE_SAMPLES_MIN) {
      return flatLine(values, new FlatLineRule(0, 0, 0));
    }
    long interval = Math.max(1, medianStepSeconds(times));
    return flatLine(values, FlatLineRule.ofTimes(suspectSeconds, failSeconds, tolerance, interval));
  }

  /**
   * Test 8: values that do not move. Missing ones in between are ignored, and of a series of fewer
   * than three nothing is said but that it is good, even where it is missing.
   */
  public static QualityFlag[] flatLine(double[] values, FlatLineRule rule) {
    QualityFlag[] flags = new QualityFlag[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values.length < FLAT_LINE_SAMPLES_MIN) {
        flags[i] = QualityFlag.GOOD;
      } else if (Double.isNaN(values[i])) {
        flags[i] = QualityFlag.MISSING;
      } else if (isFlat(values, i, rule.failCount(), rule.tolerance())) {
        flags[i] = QualityFlag.BAD;
      } else {
        boolean suspect = isFlat(values, i, rule.suspectCount(), rule.tolerance());
        flags[i] = suspect ? QualityFlag.SUSPECT : QualityFlag.GOOD;
      }
    }
    return flags;
  }

  private static boolean isFlat(double[] values, int last, int count, double tolerance) {
    if (count > last) {
      return false;
    }
    double least = values[last];
    double most = values[last];
    for (int i = last - count; i < last; i++) {
      if (!Double.isNaN(values[i])) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
    }
    return most - least < tolerance;
  }

  /** Median of the time between samples, in whole seconds. */
  static long medianStepSeconds(long[] times) {
    long[] steps = new long[times.length - 1];
    Arrays.setAll(steps, i -> times[i + 1] - times[i]);
    Arrays.sort(steps);
    long upper = steps[steps.length / 2];
    long lower = steps[(steps.length - 1) / 2];
    return (lower + upper) / 2 / MILLIS_PER_SECOND;
  }

  /** Test 10: a signal that moves less than it should. */
  public static QualityFlag[] attenuated(long[] times, double[] values, AttenuationRule rule) {
    QualityFlag[] flags = new QualityFlag[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = i;
      while (from > 0
          && times[from - 1] > times[i] - rule.periodMillis()
          && i - from + 1 < rule.samplesMax()) {
        from--;
      }
      flags[i] =
          rule.judge(
              RecentValues.of(
                  Arrays.copyOfRange(times, from, i), Arrays.copyOfRange(values, from, i)),
              0,
              values[i]);
    }
    return flags;
  }

  /**
   * Test 9: a value that changes too fast while what should move with it does not. Suspect if it
   * rose beyond {@code perSecond} and less than {@code least} rain fell; not evaluated where the
   * rain is unknown.
   *
   * @param rain at each value, rain of the last hour; NaN for unknown
   */
  public static QualityFlag[] multiVariate(
      long[] times, double[] values, double[] rain, double perSecond, double least) {
    QualityFlag[] rate = rateOfChange(times, values, perSecond);
    QualityFlag[] flags = new QualityFlag[values.length];
    for (int i = 0; i < values.length; i++) {
      double step = i == 0 ? 0 : values[i] - values[i - 1];
      flags[i] = multiVariate(values[i], rate[i], step > 0, rain[i], least);
    }
    return flags;
  }

  /** The same for one value, whose rate was judged. */
  public static QualityFlag multiVariate(
      double value, QualityFlag rate, boolean rising, double rain, double least) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    if (Double.isNaN(rain)) {
      return QualityFlag.NOT_EVALUATED;
    }
    return rate == QualityFlag.SUSPECT && rising && rain < least
        ? QualityFlag.SUSPECT
        : QualityFlag.GOOD;
  }

  /**
   * Test 11: a value beyond all that its neighbours say. Suspect if it lies more than {@code most}
   * above the largest of at least {@code countMin} of them; not evaluated with fewer.
   *
   * @param neighbours what each neighbour says at that time; NaN for nothing
   */
  public static QualityFlag neighbour(
      double value, double[] neighbours, double most, int countMin) {
    double largest = Double.NEGATIVE_INFINITY;
    int count = 0;
    for (double depth : neighbours) {
      if (!Double.isNaN(depth)) {
        largest = Math.max(largest, depth);
        count++;
      }
    }
    return neighbour(value, largest, count, most, countMin);
  }

  /** The same where only the largest of {@code count} neighbours is known. */
  public static QualityFlag neighbour(
      double value, double largest, int count, double most, int countMin) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    if (count == 0 || count < countMin) {
      return QualityFlag.NOT_EVALUATED;
    }
    return value - largest > most ? QualityFlag.SUSPECT : QualityFlag.GOOD;
  }

  /**
   * What several tests of one series come to: of the flags of a value the one that the others give
   * way to, in the order 9, 2, 1, 3, 4.
   *
   * @throws IllegalArgumentException without a test, or if they are of different lengths
   */
  public static QualityFlag[] aggregate(List<QualityFlag[]> tests) {
    if (tests.isEmpty() || tests.stream().anyMatch(flags -> flags.length != tests.get(0).length)) {
      throw new IllegalArgumentException("Only tests of the same series can be aggregated.");
    }
    QualityFlag[] flags = tests.get(0).clone();
    for (QualityFlag[] test : tests) {
      Arrays.setAll(flags, i -> flags[i].and(test[i]));
    }
    return flags;
  }
}
