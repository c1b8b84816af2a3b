package io.floodmark.quality;

/**
 * {@link Qartod#rateOfChange} sample by sample. Remembers one sample. Immutable.
 *
 * @param lastMillis time of the newest sample; 0 before the first
 * @param last its value; NaN for missing
 */
public record RateStream(long lastMillis, double last) {
  /** Before the first sample. */
  public static final RateStream NONE = new RateStream(0, Double.NaN);

  /** Takes in a sample later than the one before it; NaN for a missing value. */
  public StreamStep<RateStream> next(double perSecond, long timeMillis, double value) {
    return StreamStep.of(
        new RateStream(timeMillis, value),
        Qartod.rateOfChange(last, value, timeMillis - lastMillis, perSecond));
  }
}
