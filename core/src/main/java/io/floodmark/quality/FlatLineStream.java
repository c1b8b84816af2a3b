package io.floodmark.quality;

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
    if (Double.isNaN(value)) {
      FlatLineStream after = new FlatLineStream(samples + 1, flatFrom, lows, highs);
      return StreamStep.of(after, flag(rule, value, flatFrom));
    }
    Line line = lineTo(value, rule.tolerance());
    FlatLineStream after =
        new FlatLineStream(
            samples + 1,
            line.from(),
            joined(lows, line.low(), line.lowTo(), line.end()),
            joined(highs, line.high(), line.highTo(), line.end()));
    return StreamStep.of(after, flag(rule, value, line.from()));
  }

  /** The flag of the next value, NaN for a missing one, which need not be one to remember. */
  public QualityFlag judge(FlatLineRule rule, double value) {
    return flag(rule, value, lineTo(value, rule.tolerance()).from());
  }

  private QualityFlag flag(FlatLineRule rule, double value, long from) {
    if (samples + 1 < SAMPLES_MIN) {
      return QualityFlag.GOOD;
    }
    return Double.isNaN(value) ? QualityFlag.MISSING : rule.judge(samples - from);
  }

  /** The flat line that ends with a value: where it begins, and which marks are still in it. */
  private record Line(long from, int low, int lowTo, int high, int highTo, Mark end) {}

  private Line lineTo(double value, double tolerance) {
    Mark mark = new Mark(samples, value);
    int lowTo = lows.size();
    while (lowTo > 0 && lows.get(lowTo - 1).value() >= value) {
      lowTo--;
    }
    int highTo = highs.size();
    while (highTo > 0 && highs.get(highTo - 1).value() <= value) {
      highTo--;
    }
    int low = 0;
    int high = 0;
    long from = flatFrom;
    while (low <= lowTo && high <= highTo) {
      Mark lowest = low < lowTo ? lows.get(low) : mark;
      Mark highest = high < highTo ? highs.get(high) : mark;
      if (highest.value() - lowest.value() < tolerance) {
        break;
      }
      from = 1 + Math.min(lowest.sample(), highest.sample());
      low += lowest.sample() < from ? 1 : 0;
      high += highest.sample() < from ? 1 : 0;
    }
    return new Line(from, low, lowTo, high, highTo, mark);
  }

  private static List<Mark> joined(List<Mark> marks, int from, int to, Mark last) {
    if (from > to) {
      return List.of(); // the flat line begins after the newest
    }
    Mark[] joined = new Mark[to - from + 1];
    for (int i = from; i < to; i++) {
      joined[i - from] = marks.get(i);
    }
    joined[to - from] = last;
    return List.of(joined);
  }
}
