package io.floodmark.quality;

import java.util.Optional;

/**
 * {@link QartodMessages#timeGap} sample by sample. Remembers one time. Immutable.
 *
 * @param samples how many there were; 2 stands for more
 * @param lastMillis time of the newest; 0 before the first
 */
public record GapStream(int samples, long lastMillis) {
  /** Before the first sample. */
  public static final GapStream NONE = new GapStream(0, 0);

  private static final int MORE = 2;

  /** Takes in a sample later than the one before it. */
  public StreamStep<GapStream> next(long longestMillis, long timeMillis) {
    GapStream after = new GapStream(Math.min(MORE, samples + 1), timeMillis);
    if (samples == 0) {
      return StreamStep.of(after, QualityFlag.NOT_EVALUATED);
    }
    QualityFlag flag = QartodMessages.afterGap(timeMillis - lastMillis, longestMillis);
    // The first takes the flag of the second.
    return new StreamStep<>(after, flag, samples == 1 ? Optional.of(flag) : Optional.empty());
  }
}
