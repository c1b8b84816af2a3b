package io.floodmark.api.sensors.preview;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One flood alert from its beginning to its end.
 *
 * @param raisedAt event time at which it was raised
 * @param peakLevel its highest level, 1 to 4
 * @param clearedAt when it ended; empty while it lasts
 */
public record Episode(Instant raisedAt, int peakLevel, Optional<Instant> clearedAt) {
  /** How long it lasted, or has lasted at {@code now}. */
  public Duration lasted(Instant now) {
    return Duration.between(raisedAt, clearedAt.orElse(now));
  }

  Episode reaching(int level) {
    return new Episode(raisedAt, Math.max(peakLevel, level), clearedAt);
  }

  Episode endedAt(Instant at) {
    return new Episode(raisedAt, peakLevel, Optional.of(at));
  }
}
