package io.floodmark.sim.scenario;

import java.time.Duration;

/**
 * Rain fills the streets in six minutes, they drain in four and stay dry for four. Then it rains
 * again.
 */
record RainStorm(Peaks peaks) implements FloodScenario {
  static final Duration RISING = Duration.ofMinutes(6);
  static final Duration FALLING = Duration.ofMinutes(4);
  static final Duration LOOP = Duration.ofMinutes(14);

  /** Six minutes at 120 mm/h, a heavy tropical shower. */
  private static final double RAIN_PER_LOOP_MM = 12;

  @Override
  public double depthMm(Duration at, Place place) {
    double lowPointMm = peaks.lowPointMm(place) * fill(at.minus(peaks.lag(place)));
    return Peaks.underSensor(lowPointMm, place);
  }

  @Override
  public double rainTotalMm(Duration at) {
    long loops = Math.floorDiv(at.toMillis(), LOOP.toMillis());
    return RAIN_PER_LOOP_MM * (loops + smooth(phaseMillis(at) / (double) RISING.toMillis()));
  }

  /** How full the streets are, 0 to 1. */
  private static double fill(Duration at) {
    double phase = phaseMillis(at);
    double rising = RISING.toMillis();
    double falling = FALLING.toMillis();
    return phase <= rising ? smooth(phase / rising) : 1 - smooth((phase - rising) / falling);
  }

  private static long phaseMillis(Duration at) {
    return Math.floorMod(at.toMillis(), LOOP.toMillis());
  }

  /**
   * From 0 to 1 without a kink at either end: water has inertia, and trends should look like
   * trends.
   */
  private static double smooth(double x) {
    double within = Math.min(1, Math.max(0, x));
    return within * within * (3 - 2 * within);
  }
}
