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
    RecentValues after =
        window.with(timeMillis, value, rule.samplesMax(), timeMillis - rule.periodMillis() + 1);
    return StreamStep.of(new AttenuationStream(after), rule.judge(after));
  }
}
