package io.floodmark.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link Qartod#flatLine(double[], FlatLineRule)} sample by sample. Immutable.
 *
 * <p>Instead of a window it remembers where the flat line that ends with the newest sample began,
 * and which of its values can still become its smallest or largest. Those rise, or fall, and all
 * lie within the tolerance: of whole numbers there are never more than the tolerance has units,
 * however long the line.
 *
 * @param samples how many there were
 * @param flatFrom number of the first sample of the flat line, from 0
 * @param lows what can become its smallest value, rising
 * @param highs what can become its largest value, falling
 */
public record FlatLineStream(long samples, long flatFrom, List<Mark> lows, List<Mark> highs) {
  /** Before the first sample. */
  public static final FlatLineStream NONE = new FlatLineStream(0, 0, List.of(), List.of());

  private static final int SAMPLES_MIN = 3;

  /**
   * A value and which sample it was.
   *
   * @param sample its number, from 0
   * @param value not NaN
   */
  public record Mark(long sample, double value) {}

  /** Copies the lists. */
  public FlatLineStream {
    lows = List.copyOf(lows);
    highs = List.copyOf(highs);
  }

  /** Takes in the next value, NaN for a missing one. */
  public StreamStep<FlatLineStream> next(FlatLineRule rule, double value) {
    boolean missing = Double.isNaN(value);
    FlatLineStream after =
        missing
            ? new FlatLineStream(samples + 1, flatFrom, lows, highs)
            : with(value, rule.tolerance());
    if (after.samples < SAMPLES_MIN) {
      return StreamStep.of(after, QualityFlag.GOOD);
    }
    return StreamStep.of(
        after, missing ? QualityFlag.MISSING : rule.judge(samples - after.flatFrom));
  }

  private FlatLineStream with(double value, double tolerance) {
    List<Mark> low = new ArrayList<>(lows);
    List<Mark> high = new ArrayList<>(highs);
    while (!low.isEmpty() && low.get(low.size() - 1).value() >= value) {
      low.remove(low.size() - 1);
    }
    while (!high.isEmpty() && high.get(high.size() - 1).value() <= value) {
      high.remove(high.size() - 1);
    }
    Mark mark = new Mark(samples, value);
    low.add(mark);
    high.add(mark);
    long from = flatFrom;
    while (!low.isEmpty()
        && !high.isEmpty()
        && !(high.get(0).value() - low.get(0).value() < tolerance)) {
      long begin = 1 + Math.min(low.get(0).sample(), high.get(0).sample());
      from = begin;
      low.removeIf(earlier -> earlier.sample() < begin);
      high.removeIf(earlier -> earlier.sample() < begin);
    }
    return new FlatLineStream(samples + 1, from, low, high);
  }
}
