package io.floodmark.ingest.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The server's clock: it goes only when it is moved, and somebody may set it. */
final class SteppingClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-21T13:05:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void move(Duration by) {
    now = now.plus(by);
  }
}
