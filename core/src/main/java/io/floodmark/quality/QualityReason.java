package io.floodmark.quality;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why a reading is doubted, for people to read. Stored as bits, and by {@link #code()} in verdicts;
 * neither ever changes.
 */
public enum QualityReason {
  /** The sensor's clock is more than five minutes ahead. */
  CLOCK(0, QualityTest.CLOCK),
  /** The depth is below the ground or above the sensor, or the device cannot measure it. */
  OUT_OF_RANGE(1, QualityTest.GROSS_RANGE),
  /** The sensor sent something, but not what its kind measures. */
  NO_MEASUREMENT(2, QualityTest.SYNTAX),
  /** A number by which the device says that it has measured nothing. */
  ERROR_CODE(3, QualityTest.ERROR_CODE),
  /** Sticks out of the readings before and after it. */
  SPIKE(4, QualityTest.SPIKE),
  /** Changes fast: of high interest. */
  FAST_CHANGE(5, QualityTest.RATE_OF_CHANGE),
  /** The raw measurement has not moved for hours. */
  STUCK(6, QualityTest.FLAT_LINE),
  /** The raw measurement moves less than it should. */
  ATTENUATED(7, QualityTest.ATTENUATED),
  /** Unusual for the season. */
  UNUSUAL(8, QualityTest.CLIMATOLOGY),
  /** Rises fast, and no rain fell nearby. */
  NO_RAIN(9, QualityTest.MULTI_VARIATE),
  /** Far deeper than everything around. */
  NEIGHBOUR(10, QualityTest.NEIGHBOUR),
  /** Something stands below the sensor: a car, rubbish. */
  PARKED_OBJECT(11, QualityTest.SURFACE),
  /** Something passed below the sensor. */
  BLIP(12, QualityTest.SURFACE),
  /** A slow rise that nothing else speaks for: a hot afternoon, or something that sags. */
  HEAT(13, QualityTest.SURFACE),
  /** Rose at one bound, and is not confirmed by what follows yet. */
  LEAP(14, QualityTest.SURFACE),
  /** Slightly below the ground: the mount height or the offset is not right. */
  BELOW_GROUND(15, QualityTest.GROSS_RANGE),
  /** The echoes scatter too much to say anything. */
  SCATTERED(16, QualityTest.SURFACE);

  private final int bit;
  private final QualityTest test;

  QualityReason(int bit, QualityTest test) {
    this.bit = bit;
    this.test = test;
  }

  /** The test that says so. */
  public QualityTest test() {
    return test;
  }

  /** The name used in the database, in JSON and in texts: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of that {@link #code()}, or empty. */
  public static Optional<QualityReason> find(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code().equals(code)).findFirst();
  }

  /** Reasons as bits, for storing. */
  public static int toBits(Set<QualityReason> reasons) {
    int bits = 0;
    for (QualityReason reason : reasons) {
      bits |= 1 << reason.bit;
    }
    return bits;
  }

  /** The reasons that such bits stand for; bits that no reason has are left out. */
  public static Set<QualityReason> ofBits(int bits) {
    Set<QualityReason> reasons = EnumSet.noneOf(QualityReason.class);
    for (QualityReason reason : values()) {
      if (((bits >>> reason.bit) & 1) != 0) {
        reasons.add(reason);
      }
    }
    return reasons;
  }
}
