package io.floodmark.quality;

import io.floodmark.reading.RecentValues;

/**
 * {@link Qartod#attenuated} sample by sample. Remembers its window, which {@link
 * AttenuationRule#samplesMax()} bounds. Immutable.
 *
 * @param window NaN for a missing value
 */
public record AttenuationStream(RecentValues window) {
  /** Before the first sample. */
  public static final AttenuationStream NONE = new AttenuationStream(RecentValues.NONE);

  /** Takes in a sample later than the one before it; NaN for a missing value. */
  public StreamStep<AttenuationStream> next(AttenuationRule rule, long timeMillis, double value) {
    RecentValues after = window.with(timeMillis, value, rule.samplesMax(), from(rule, timeMillis));
    return StreamStep.of(new AttenuationStream(after), judge(rule, timeMillis, value));
  }

  /** The flag of such a sample, whether or not it is one to remember. */
  public QualityFlag judge(AttenuationRule rule, long timeMillis, double value) {
    int first = window.firstKept(rule.samplesMax(), from(rule, timeMillis));
    return rule.judge(window, first, value);
  }

  private static long from(AttenuationRule rule, long timeMillis) {
    return timeMillis - rule.periodMillis() + 1;
  }
}
