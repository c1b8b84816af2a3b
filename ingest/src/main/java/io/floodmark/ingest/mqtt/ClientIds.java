package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.Connect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives client ids to those that have none (MQTT 5.0 §3.1.3.1). They are told apart over restarts
 * too; they are no secret, for a client id opens nothing to another account. Safe for use by any
 * thread.
 */
final class ClientIds {
  /** One that is as long as any that is given. */
  static final String LONGEST = "x".repeat(36);

  private static final int DIGITS = 36;

  private final String start;
  private final AtomicLong given = new AtomicLong();

  /** From now on. */
  ClientIds(InstantSource clock) {
    Instant now = clock.instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    this.start = "auto-" + Long.toString(micros, DIGITS) + "-";
  }

  /** The client id that {@code connect} gives, or one for it. */
  String of(Connect connect) {
    return connect.clientId().isEmpty()
        ? start + Long.toString(given.incrementAndGet(), DIGITS)
        : connect.clientId();
  }
}
