package io.floodmark.quality;

import java.util.Set;

/** Why a flag is other than good. Stored as bits; the numbers never change. */
public enum QualityReason {
  /** The sensor's clock is more than five minutes ahead. */
  CLOCK(0, QualityFlag.SUSPECT),
  /** The depth is below the ground or above the sensor. */
  OUT_OF_RANGE(1, QualityFlag.BAD),
  /** The sensor sent something, but not what its kind measures. */
  NO_MEASUREMENT(2, QualityFlag.MISSING);

  private final int bit;
  private final QualityFlag flag;

  QualityReason(int bit, QualityFlag flag) {
    this.bit = bit;
    this.flag = flag;
  }

  /** The flag that this reason alone leads to. */
  public QualityFlag flag() {
    return flag;
  }

  /** Reasons as bits, for storing. */
  public static int toBits(Set<QualityReason> reasons) {
    int bits = 0;
    for (QualityReason reason : reasons) {
      bits |= 1 << reason.bit;
    }
    return bits;
  }
}
