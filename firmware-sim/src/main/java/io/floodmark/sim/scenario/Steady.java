package io.floodmark.sim.scenario;

import java.time.Duration;

/**
 * Water that stands: every level at once and for as long as one likes, to look at or to load with.
 */
record Steady(Peaks peaks) implements FloodScenario {
  @Override
  public double depthMm(Duration at, Place place) {
    return Peaks.underSensor(peaks.lowPointMm(place), place);
  }

  @Override
  public double rainTotalMm(Duration at) {
    return 0;
  }
}
