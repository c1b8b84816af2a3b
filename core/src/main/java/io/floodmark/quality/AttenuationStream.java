package io.floodmark.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * {@link Qartod#attenuated} sample by sample. Remembers its window, which {@link
 * AttenuationRule#samplesMax()} bounds. Immutable.
 *
 * @param window oldest first
 */
public record AttenuationStream(List<Sample> window) {
  /** Before the first sample. */
  public static final AttenuationStream NONE = new AttenuationStream(List.of());

  /**
   * A sample of the window.
   *
   * @param timeMillis since 1970
   * @param value NaN for missing
   */
  public record Sample(long timeMillis, double value) {}

  /** Copies the list. */
  public AttenuationStream {
    window = List.copyOf(window);
  }

  /** Takes in a sample later than the one before it; NaN for a missing value. */
  public StreamStep<AttenuationStream> next(AttenuationRule rule, long timeMillis, double value) {
    List<Sample> kept = new ArrayList<>(window.size() + 1);
    int skip = Math.max(0, window.size() - (rule.samplesMax() - 1));
    for (Sample sample : window.subList(skip, window.size())) {
      if (sample.timeMillis() > timeMillis - rule.periodMillis()) {
        kept.add(sample);
      }
    }
    kept.add(new Sample(timeMillis, value));
    double[] values = new double[kept.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = kept.get(i).value();
    }
    return StreamStep.of(new AttenuationStream(kept), rule.judge(values));
  }
}
