package io.floodmark.sim.street;

/**
 * Rain over the whole ward, evenly for its length.
 *
 * @param fromMinute when it begins
 * @param lengthMinutes how long it rains
 * @param rainMm what falls in all
 */
record Storm(double fromMinute, double lengthMinutes, double rainMm) {
  /** Air and ground are cool for so long after the rain. */
  private static final double COOL_MINUTES = 120;

  private static final double COOLING_MINUTES = 15;

  double fallenMm(double minute) {
    return rainMm * clamp((minute - fromMinute) / lengthMinutes);
  }

  /** By which share the heat of the day is gone, 0 to 1. */
  double cooling(double minute) {
    double cooled = clamp((minute - fromMinute) / COOLING_MINUTES);
    double warm = clamp((minute - fromMinute - lengthMinutes) / COOL_MINUTES);
    return cooled * (1 - warm);
  }

  private static double clamp(double share) {
    return Math.min(1, Math.max(0, share));
  }
}
