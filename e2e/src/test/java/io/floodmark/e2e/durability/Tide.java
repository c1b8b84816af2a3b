package io.floodmark.e2e.durability;

/**
 * Water that comes and goes through all levels. From one reading to the next it changes so little
 * that it is taken for water and not for something parked, however fast readings follow each other.
 */
final class Tide {
  private static final int TOP_MM = 540;
  private static final int RISE_MM = 15;
  private static final int FALL_MM = 10;
  private static final int RISING = TOP_MM / RISE_MM;
  private static final int FALLING = TOP_MM / FALL_MM;
  private static final int DRY = 12;

  /** Readings from one flood to the next; the last of them are dry. */
  static final int READINGS = RISING + FALLING + DRY;

  private Tide() {}

  /** Depth of the n-th reading, from 0 on, in millimetres. */
  static int depthMm(int number) {
    int since = number % READINGS;
    return since < RISING ? since * RISE_MM : Math.max(0, TOP_MM - (since - RISING) * FALL_MM);
  }
}
