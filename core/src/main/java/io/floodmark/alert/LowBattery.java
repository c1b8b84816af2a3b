package io.floodmark.alert;

import java.util.OptionalInt;

/**
 * Whether a sensor's battery is low: three readings in a row at or below the limit, until three in
 * a row are {@link #DEADBAND_MV} above it. One reading taken while the radio sends says little.
 * Pure and immutable.
 *
 * @param on whether it is
 * @param run how many readings in a row have said otherwise, 0 to 2
 */
public record LowBattery(boolean on, int run) {
  /** Before the first reading. */
  public static final LowBattery NONE = new LowBattery(false, 0);

  static final int DEADBAND_MV = 100;
  private static final int IN_A_ROW = 3;

  /**
   * After one more reading.
   *
   * @param batteryMv as sent; empty where it was not
   * @param limitMv at or below which it is low; empty where nobody watches, which ends it
   */
  public LowBattery next(OptionalInt batteryMv, OptionalInt limitMv) {
    if (limitMv.isEmpty()) {
      return NONE;
    }
    if (batteryMv.isEmpty()) {
      return this;
    }
    int mv = batteryMv.getAsInt();
    boolean otherwise = on ? mv >= limitMv.getAsInt() + DEADBAND_MV : mv <= limitMv.getAsInt();
    if (!otherwise) {
      return run == 0 ? this : new LowBattery(on, 0);
    }
    return run + 1 < IN_A_ROW ? new LowBattery(on, run + 1) : new LowBattery(!on, 0);
  }
}
