package io.floodmark.sim.street;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Something other than water that a sensor sees for a while. Times are minutes. */
sealed interface Disturbance {
  Cause cause();

  double fromMinute();

  /** The first minute after it. */
  double toMinute();

  /**
   * What the sensor takes for the surface, mm over the ground, where {@code depthMm} of water
   * stand.
   */
  double surfaceMm(double minute, double depthMm);

  /** The distance that the device reports instead of measuring. */
  default OptionalInt errorMm() {
    return OptionalInt.empty();
  }

  default boolean covers(double minute) {
    return minute >= fromMinute() && minute < toMinute();
  }

  /**
   * A thing that stands there, settling or sagging a little.
   *
   * @param drift by which share of its height it changes until it is taken away
   */
  record Thing(Cause cause, double fromMinute, double toMinute, double heightMm, double drift)
      implements Disturbance {
    @Override
    public double surfaceMm(double minute, double depthMm) {
      double way = (minute - fromMinute) / (toMinute - fromMinute);
      return Math.max(depthMm, heightMm * (1 + drift * way));
    }
  }

  /** Things that pass, one after the other. */
  record Passing(double fromMinute, double toMinute, List<Thing> things) implements Disturbance {
    /** Copies the list. */
    public Passing {
      things = List.copyOf(things);
    }

    @Override
    public Cause cause() {
      return Cause.PULSES;
    }

    @Override
    public double surfaceMm(double minute, double depthMm) {
      for (Thing thing : things) {
        if (thing.covers(minute)) {
          return thing.surfaceMm(minute, depthMm);
        }
      }
      return depthMm;
    }
  }

  /** What sags into the beam, from nothing to its full height, and is gone at once. */
  record Sagging(double fromMinute, double toMinute, double heightMm) implements Disturbance {
    @Override
    public Cause cause() {
      return Cause.CREEP;
    }

    @Override
    public double surfaceMm(double minute, double depthMm) {
      return Math.max(depthMm, heightMm * (minute - fromMinute) / (toMinute - fromMinute));
    }
  }

  /**
   * Scattered echoes.
   *
   * @param scatterMm standard deviation
   */
  record Scatter(double fromMinute, double toMinute, double scatterMm, long seed)
      implements Disturbance {
    @Override
    public Cause cause() {
      return Cause.ROUGH;
    }

    @Override
    public double surfaceMm(double minute, double depthMm) {
      SplittableRandom random = new SplittableRandom(seed + Math.round(minute * 60));
      return depthMm + scatterMm * random.nextGaussian();
    }
  }

  /** A device that says by a number that it has heard no echo. */
  record NoEcho(double fromMinute, double toMinute, int codeMm) implements Disturbance {
    @Override
    public Cause cause() {
      return Cause.ERROR_CODE;
    }

    @Override
    public double surfaceMm(double minute, double depthMm) {
      return depthMm;
    }

    @Override
    public OptionalInt errorMm() {
      return OptionalInt.of(codeMm);
    }
  }
}
