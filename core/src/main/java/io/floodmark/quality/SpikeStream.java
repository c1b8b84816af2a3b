package io.floodmark.quality;

import java.util.Optional;

/**
 * {@link Qartod#spike} sample by sample: the flag of a sample comes with the next one. Remembers
 * two values. Immutable.
 *
 * @param samples how many there were; 2 stands for more
 * @param beforeLast the second newest value; NaN for missing
 * @param last the newest value; NaN for missing
 */
public record SpikeStream(int samples, double beforeLast, double last) {
  /** Before the first sample. */
  public static final SpikeStream NONE = new SpikeStream(0, Double.NaN, Double.NaN);

  private static final int MORE = 2;

  /** Takes in the next value, NaN for a missing one. */
  public StreamStep<SpikeStream> next(SpikeRule rule, double value) {
    return new StreamStep<>(
        new SpikeStream(Math.min(MORE, samples + 1), last, value),
        Double.isNaN(value) ? QualityFlag.MISSING : QualityFlag.NOT_EVALUATED,
        samples < MORE ? Optional.empty() : Optional.of(rule.judge(beforeLast, last, value)));
  }
}
