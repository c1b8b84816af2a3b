package io.floodmark.ingest.broker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. */
final class SetClock implements InstantSource {
  private Instant now = Instant.parse("2026-07-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void goOn(long seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }
}
