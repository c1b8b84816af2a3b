package io.floodmark.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The tests that a reading is put to. Stored by number, three bits each: the numbers never change.
 */
public enum QualityTest {
  /** Silence before the reading (QARTOD 1). */
  GAP(0),
  /** It says what its kind of sensor has to say (QARTOD 2). */
  SYNTAX(1),
  /** Its time cannot be. */
  CLOCK(2),
  /** What the device can measure and the street can hold (QARTOD 4). */
  GROSS_RANGE(3),
  /** What is usual in that season (QARTOD 5). */
  CLIMATOLOGY(4),
  /** It sticks out of its neighbours in time (QARTOD 6). */
  SPIKE(5),
  /** It changes fast (QARTOD 7): of high interest. */
  RATE_OF_CHANGE(6),
  /** It does not move at all (QARTOD 8). */
  FLAT_LINE(7),
  /** It rises fast, and no rain fell (QARTOD 9). */
  MULTI_VARIATE(8),
  /** It moves less than it should (QARTOD 10). */
  ATTENUATED(9),
  /** It lies beyond all neighbours in space (QARTOD 11). */
  NEIGHBOUR(10),
  /** Numbers by which devices say that they have measured nothing. */
  ERROR_CODE(11),
  /** Whether what was measured is water: parked things, blips, hot afternoons. */
  SURFACE(12);

  private final int number;

  QualityTest(int number) {
    this.number = number;
  }

  /** Its number, 0 to 20. */
  int number() {
    return number;
  }

  /** The name used in the database and in JSON: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The test of that {@link #code()}, or empty. */
  public static Optional<QualityTest> find(String code) {
    return Arrays.stream(values()).filter(test -> test.code().equals(code)).findFirst();
  }
}
