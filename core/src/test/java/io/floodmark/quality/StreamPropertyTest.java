package io.floodmark.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.quality.AttenuationRule.Spread;
import io.floodmark.quality.SpikeRule.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Each stream against the array test, on every prefix of a thousand series: the flag that comes
 * with a sample is that of the last of the prefix that ends with it, and what comes later on the
 * sample before it is that of the last but one.
 */
class StreamPropertyTest {
  private static final int LENGTH_MAX = 80;

  /** A series with gaps and missing values. */
  static final class Series {
    private final long[] times;
    private final double[] values;

    Series(long[] times, double[] values) {
      this.times = times;
      this.values = values;
    }

    long[] times() {
      return times;
    }

    double[] values() {
      return values;
    }

    Series prefix(int length) {
      return new Series(Arrays.copyOf(times, length), Arrays.copyOf(values, length));
    }

    @Override
    public String toString() {
      return Arrays.toString(times) + " " + Arrays.toString(values);
    }
  }

  /** A stream as the test drives it: takes sample {@code i} of the series. */
  private interface Driver<S> {
    StreamStep<S> next(S before, long time, double value);
  }

  @Property(tries = 1000, seed = "4901")
  void everyTestSaysTheSameSampleBySampleAndOfThePrefix(@ForAll("series") Series series) {
    SpikeRule average = new SpikeRule(Method.AVERAGE, 20, 60);
    SpikeRule differential = new SpikeRule(Method.DIFFERENTIAL, 20, 60);
    AttenuationRule range = new AttenuationRule(Spread.RANGE, 25, 8, 300_000, 12, 2);
    AttenuationRule deviation = new AttenuationRule(Spread.DEVIATION, 9, 3, 600_000, 7, 0);
    FlatLineRule flat = new FlatLineRule(3, 6, 4);
    FlatLineRule exactlyFlat = new FlatLineRule(1, 2, 1);
    long gap = 120_000;

    agrees(
        series,
        GapStream.NONE,
        (before, time, value) -> before.next(gap, time),
        prefix -> QartodMessages.timeGap(prefix.times(), gap));
    for (SpikeRule rule : new SpikeRule[] {average, differential}) {
      agrees(
          series,
          SpikeStream.NONE,
          (before, time, value) -> before.next(rule, value),
          prefix -> Qartod.spike(prefix.values(), rule));
    }
    agrees(
        series,
        RateStream.NONE,
        (before, time, value) -> before.next(0.5, time, value),
        prefix -> Qartod.rateOfChange(prefix.times(), prefix.values(), 0.5));
    for (FlatLineRule rule : new FlatLineRule[] {flat, exactlyFlat}) {
      agrees(
          series,
          FlatLineStream.NONE,
          (before, time, value) -> before.next(rule, value),
          prefix -> Qartod.flatLine(prefix.values(), rule));
      agrees(
          series,
          FlatLineStream.NONE,
          (before, time, value) ->
              StreamStep.of(before.next(rule, value).after(), before.judge(rule, value)),
          prefix -> Qartod.flatLine(prefix.values(), rule));
    }
    for (AttenuationRule rule : new AttenuationRule[] {range, deviation}) {
      agrees(
          series,
          AttenuationStream.NONE,
          (before, time, value) -> before.next(rule, time, value),
          prefix -> Qartod.attenuated(prefix.times(), prefix.values(), rule));
    }
  }

  @Property(tries = 200, seed = "4902")
  void aFlatLineOfARegularSeriesAgreesWithTheTestInSeconds(@ForAll("series") Series series) {
    long[] regular = Flags.every(60, series.values().length);
    agrees(
        new Series(regular, series.values()),
        FlatLineStream.NONE,
        (before, time, value) -> before.next(FlatLineRule.ofTimes(200, 400, 4, 60), value),
        prefix -> Qartod.flatLine(prefix.times(), prefix.values(), 200, 400, 4));
  }

  @Property(tries = 200, seed = "4903")
  void aFlatLineOfWholeNumbersRemembersNoMoreThanItsTolerance(@ForAll("series") Series series) {
    FlatLineStream stream = FlatLineStream.NONE;
    for (double value : series.values()) {
      stream = stream.next(new FlatLineRule(10, 20, 4), value).after();
      assertTrue(stream.lows().size() <= 4 && stream.highs().size() <= 4);
    }
  }

  private static <S> void agrees(
      Series series, S none, Driver<S> stream, Function<Series, QualityFlag[]> batch) {
    S state = none;
    for (int i = 0; i < series.values().length; i++) {
      StreamStep<S> step = stream.next(state, series.times()[i], series.values()[i]);
      state = step.after();
      QualityFlag[] expected = batch.apply(series.prefix(i + 1));
      assertEquals(expected[i], step.flag());
      Optional<QualityFlag> onEarlier = step.onEarlier();
      if (onEarlier.isPresent()) {
        assertEquals(expected[i - 1], onEarlier.get());
      } else if (i > 0) {
        // What is not taken back stays as it was said.
        QualityFlag before = batch.apply(series.prefix(i))[i - 1];
        assertTrue(i < 3 || expected[i - 1] == before, "a flag that changed was not told");
      }
    }
  }

  @Provide
  Arbitrary<Series> series() {
    return Arbitraries.longs()
        .map(
            seed -> {
              Random random = new Random(seed);
              int length = random.nextInt(LENGTH_MAX + 1);
              // From nearly constant to wild.
              int step = 1 << random.nextInt(8);
              long[] times = new long[length];
              double[] values = new double[length];
              long time = 1_767_225_600_000L;
              int value = 2_500;
              for (int i = 0; i < length; i++) {
                time += random.nextInt(10) == 0 ? 1 + random.nextInt(900_000) : 60_000;
                time -= random.nextInt(10) == 0 ? random.nextInt(59_999) : 0;
                time = i == 0 ? time : Math.max(time, times[i - 1] + 1);
                value += random.nextInt(step) - step / 2;
                times[i] = time;
                values[i] = random.nextInt(12) == 0 ? Double.NaN : value;
              }
              return new Series(times, values);
            });
  }
}
