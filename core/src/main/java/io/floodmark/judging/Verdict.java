package io.floodmark.judging;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import java.time.Instant;

/**
 * What a later reading says of an earlier one of its sensor.
 *
 * @param observedAt of the earlier reading: its identity together with the sensor
 * @param flag suspect or bad; that a test was passed in the end is not told
 * @param reason why, which also names the test
 */
public record Verdict(Instant observedAt, QualityFlag flag, QualityReason reason) {
  /**
   * Checks the flag.
   *
   * @throws IllegalArgumentException if it is no doubt
   */
  public Verdict {
    if (!flag.isDoubt()) {
      throw new IllegalArgumentException("A verdict doubts: " + flag);
    }
  }
}
