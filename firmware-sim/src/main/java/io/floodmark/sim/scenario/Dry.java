package io.floodmark.sim.scenario;

import java.time.Duration;

/** No rain, no water. */
record Dry() implements FloodScenario {
  @Override
  public double depthMm(Duration at, Place place) {
    return 0;
  }

  @Override
  public double rainTotalMm(Duration at) {
    return 0;
  }
}
