package io.floodmark.nowcast;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.nowcast.Outlook.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Tells what comes next from the last readings of one sensor. Pure. */
public final class Nowcast {
  /** How far back it looks. */
  public static final Duration WINDOW = Duration.ofMinutes(15);

  /** Over that time the slope of a rise has the best skill a quarter of an hour ahead. */
  private static final Duration RISE_WINDOW = Duration.ofMinutes(10);

  /**
   * Asking for more forgoes a fifth of the levels that can be foretold, and makes what is told no
   * truer: streets fill within minutes.
   */
  private static final int SAMPLES_MIN = 2;

  private static final Duration SPAN_MIN = Duration.ofSeconds(50);

  /** A slower rise is as often heat or scatter. */
  private static final double RISING_MM_PER_MIN = 2;

  /** Streets drain more slowly than they fill, and are looked at for longer. */
  private static final double FALLING_MM_PER_MIN = -0.5;

  private static final int FRESH_INTERVALS = 2;
  private static final Duration FRESH_AT_LEAST = Duration.ofMinutes(3);

  private Nowcast() {}

  /**
   * What comes next.
   *
   * @param believed samples of the last {@link #WINDOW} before the newest, by time
   * @param newestIsBelieved whether the newest reading is the last of them, and not one that is
   *     doubted
   * @param standingLevel level of the flood alert that stands, 0 for none: a level that was reached
   *     already is not told again
   */
  public static Outlook next(
      Place place, List<WaterSample> believed, boolean newestIsBelieved, int standingLevel) {
    if (!newestIsBelieved) {
      return Outlook.nothing(Why.DOUBTED);
    }
    WaterRun run = WaterRun.endOf(believed);
    if (run.isEmpty()) {
      return Outlook.nothing(Why.DRY);
    }
    OptionalDouble rising = riseMmPerMin(believed);
    OptionalDouble falling = slope(run.last(WINDOW));
    if (rising.isEmpty() || falling.isEmpty()) {
      return Outlook.nothing(Why.TOO_FEW);
    }
    if (rising.getAsDouble() >= RISING_MM_PER_MIN) {
      return rise(place, run.newest(), rising.getAsDouble(), standingLevel);
    }
    if (falling.getAsDouble() <= FALLING_MM_PER_MIN && rising.getAsDouble() < 0) {
      return fall(place, run.newest());
    }
    return Outlook.nothing(Why.STEADY);
  }

  /**
   * How fast it rises, or falls: the slope over the last ten minutes, or since the water came.
   * Empty where believed samples are too few.
   */
  public static OptionalDouble riseMmPerMin(List<WaterSample> believed) {
    return slope(WaterRun.endOf(believed).last(RISE_WINDOW));
  }

  private static OptionalDouble slope(WaterRun run) {
    boolean enough = run.samples().size() >= SAMPLES_MIN && run.span().compareTo(SPAN_MIN) >= 0;
    return enough ? OptionalDouble.of(run.mmPerMin()) : OptionalDouble.empty();
  }

  private static Outlook rise(Place place, WaterSample newest, double mmPerMin, int standing) {
    int lowPointMm = newest.depthMm() + place.lowPointDeltaMm();
    int level = 1 + Math.max(standing, place.policy().levelOf(lowPointMm));
    if (level > AlertPolicy.LEVEL_MAX) {
      return Outlook.nothing(Why.SEVERE);
    }
    int gapMm = place.policy().thresholdsMm().get(level - 1) - lowPointMm;
    double minutes = DampedRise.minutesTo(gapMm, mmPerMin);
    if (minutes > DampedRise.LEAD_MAX_MINUTES) {
      return Outlook.nothing(Why.TOO_FAR);
    }
    RiseErrors.Band band = RiseErrors.of(minutes);
    Instant to = plus(newest.at(), band.p90Minutes());
    return new Outlook.Rise(
        level,
        newest.at(),
        plus(newest.at(), band.p10Minutes()),
        to,
        earlier(to, newest.at().plus(freshFor(place))));
  }

  private static Outlook fall(Place place, WaterSample newest) {
    if (place.past().size() < Drainage.FLOODS_MIN) {
      return Outlook.nothing(Why.NO_PAST);
    }
    Drainage.Range range = Drainage.of(place.past()).minutesTo(newest.depthMm());
    if (range.isTooWide()) {
      return Outlook.nothing(Why.PAST_DIFFERS);
    }
    Instant to = plus(newest.at(), range.toMinutes());
    return new Outlook.Fall(
        newest.at(),
        plus(newest.at(), range.fromMinutes()),
        plus(newest.at(), range.medianMinutes()),
        to,
        earlier(to, newest.at().plus(freshFor(place))),
        range.floods());
  }

  /** After that time without another reading nobody knows whether it still rises. */
  private static Duration freshFor(Place place) {
    Duration intervals = place.reportInterval().multipliedBy(FRESH_INTERVALS);
    return intervals.compareTo(FRESH_AT_LEAST) > 0 ? intervals : FRESH_AT_LEAST;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant plus(Instant at, double minutes) {
    return at.plusSeconds(Math.round(minutes * 60));
  }
}
