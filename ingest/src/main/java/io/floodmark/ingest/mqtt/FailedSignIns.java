package io.floodmark.ingest.mqtt;

import io.floodmark.sensor.SensorCode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Slows down whoever fails to sign in again and again, by address and by user name: the answer
 * waits. Only the answer to a failure does. The right token is let in at once, whoever else has
 * guessed at the same name, or behind the same address. Safe for use by any thread.
 */
final class FailedSignIns {
  /** Failures that cost nothing: people mistype. */
  static final int FREE_PER_NAME = 5;

  /** The same of an address, behind which there may be many. */
  static final int FREE_PER_ADDRESS = 20;

  /** The longest that an answer waits: shorter than clients do. */
  static final int DELAY_SECONDS_MAX = 8;

  /** After so long one failure is forgotten. */
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int REMEMBERED_MAX = 20_000;

  /** Failures beyond the free ones that are remembered: more make no difference. */
  private static final int BEYOND_MAX = 6;

  private final Paces<Origin> byOrigin = new Paces<>(REMEMBERED_MAX);
  private final Paces<String> byName = new Paces<>(REMEMBERED_MAX);

  /**
   * Somebody has failed.
   *
   * @param name the user name that was given
   * @param nowNanos on a clock that only goes forward
   * @return for how long the answer has to wait, 0 for not at all
   */
  long failed(Origin origin, Optional<String> name, long nowNanos) {
    int seconds = 0;
    // Other names are no sensor's, and could be of any length.
    Optional<String> code = name.filter(SensorCode::isValid);
    if (code.isPresent()) {
      seconds = seconds(byName, code.get(), FREE_PER_NAME, nowNanos);
    }
    if (!origin.isNear()) {
      seconds = Math.max(seconds, seconds(byOrigin, origin, FREE_PER_ADDRESS, nowNanos));
    }
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Somebody of that name has signed in: what failed before was a mistake, or another's doing. */
  void succeeded(String name) {
    byName.forget(name);
  }

  private static <K> int seconds(Paces<K> paces, K key, int free, long nowNanos) {
    long most = (free + BEYOND_MAX) * FORGET_NANOS;
    long ahead = paces.add(key, FORGET_NANOS, most, nowNanos);
    int beyond = (int) ((ahead + FORGET_NANOS - 1) / FORGET_NANOS) - free;
    return beyond <= 0 ? 0 : Math.min(DELAY_SECONDS_MAX, 1 << (beyond - 1));
  }
}
