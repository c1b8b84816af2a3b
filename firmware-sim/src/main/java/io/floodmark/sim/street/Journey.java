package io.floodmark.sim.street;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a device takes its readings and when they arrive. 2 % are lost and 5 % are late: the device
 * stores what it takes during a loss of network and sends it afterwards, in order. Not thread-safe.
 */
final class Journey {
  private static final double LOST_SHARE = 0.02;
  private static final double LATE_SHARE = 0.05;
  private static final double LATE_RUN = 8;
  private static final double ON_THE_WAY_MILLIS = 300;
  private static final long MILLIS_A_MINUTE = Duration.ofMinutes(1).toMillis();

  private final Instant start;
  private final long intervalMillis;
  private final RandomGenerator random;
  private final double phase;
  private int taken;
  private int storedUntil;
  private Instant lastArrival;

  /**
   * @param start the first minute of the street
   */
  Journey(Instant start, Duration interval, RandomGenerator random) {
    this.start = start;
    this.intervalMillis = interval.toMillis();
    this.random = random;
    this.phase = random.nextDouble();
    this.lastArrival = start;
  }

  /**
   * One reading on its way.
   *
   * @param minute of the street, when it was taken
   * @param arrivedAt empty if it is lost
   */
  record Trip(double minute, Instant takenAt, Optional<Instant> arrivedAt) {}

  int readingsIn(double minutes) {
    return (int) (minutes * MILLIS_A_MINUTE / intervalMillis);
  }

  Trip next() {
    int number = taken++;
    if (number >= storedUntil && random.nextDouble() < LATE_SHARE / LATE_RUN) {
      storedUntil = number + (int) Math.ceil(-LATE_RUN * Math.log(1 - random.nextDouble()));
    }
    long millis = millisOf(number);
    long sentMillis = number < storedUntil ? millisOf(storedUntil) : millis;
    boolean lost = random.nextDouble() < LOST_SHARE;
    Instant ready = start.plusMillis(sentMillis + onTheWayMillis());
    // One connection keeps the order.
    Instant arrival = ready.isAfter(lastArrival) ? ready : lastArrival.plusMillis(1);
    lastArrival = arrival;
    return new Trip(
        (double) millis / MILLIS_A_MINUTE,
        start.plusMillis(millis),
        lost ? Optional.empty() : Optional.of(arrival));
  }

  private long millisOf(int number) {
    return Math.round((number + phase) * intervalMillis);
  }

  private long onTheWayMillis() {
    return Math.round(-ON_THE_WAY_MILLIS * Math.log(1 - random.nextDouble()));
  }
}
