package io.floodmark.sim.scenario;

import java.time.Duration;
import java.time.Instant;

/**
 * Turns wall time into scenario time. Readings keep wall time as their own; only the weather
 * hurries.
 *
 * @param start wall time at which the scenario begins
 * @param speed how many times as fast as the wall clock it runs, more than 0, at most 10,000
 */
public record ScenarioClock(Instant start, double speed) {
  public ScenarioClock {
    // Written so that NaN fails as well.
    if (!(speed > 0 && speed <= 10_000)) {
      throw new IllegalArgumentException("Speed must be more than 0, at most 10,000.");
    }
  }

  /** The scenario's time at that wall time. */
  public Duration at(Instant now) {
    return Duration.ofMillis(Math.round(Duration.between(start, now).toMillis() * speed));
  }
}
