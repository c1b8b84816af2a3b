package io.floodmark.sim.street;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * What every sensor of a street sees at any time. Its first minute is midnight. Immutable, safe for
 * any thread.
 */
public final class StreetLife {
  /** What the devices are tuned for. */
  public static final double TUNED_FOR_C = 25;

  /** Each reading is a median of several echoes; a median still scatters. */
  public static final double NOISE_MM = 4;

  /** A disturbance is to blame for a reading that it changes by more than this. */
  private static final double BLAMED_FROM_MM = 20;

  private static final double HOT_FROM_MINUTE = 10 * 60;
  private static final double HOT_TO_MINUTE = 18 * 60;
  private static final double MINUTES_AN_HOUR = 60;

  private final StreetMix mix;
  private final List<Storm> storms;
  private final List<StreetPlan> plans;
  private final List<Gauge> gauges;
  private final List<List<List<Disturbance>>> disturbancesByHour;

  private StreetLife(
      StreetMix mix, List<Storm> storms, List<StreetPlan> plans, List<Gauge> gauges) {
    this.mix = mix;
    this.storms = List.copyOf(storms);
    this.plans = List.copyOf(plans);
    this.gauges = List.copyOf(gauges);
    this.disturbancesByHour = plans.stream().map(plan -> byHour(plan, mix.days())).toList();
  }

  /** The street of that seed. */
  public static StreetLife of(StreetMix mix, long seed) {
    // Places are drawn apart, so that a street floods the same wherever its sensors stand.
    SplittableRandom places = new SplittableRandom(~seed);
    List<Position> positions = WardStreets.alongStreets(mix.sensors(), places.split());
    SplittableRandom random = new SplittableRandom(seed);
    List<Storm> storms = StreetPlan.storms(mix, random.split());
    List<StreetPlan> plans = new ArrayList<>();
    for (int number = 0; number < mix.sensors(); number++) {
      plans.add(StreetPlan.draw(mix, number, positions.get(number), storms, random.split()));
    }
    List<Position> roofs = WardStreets.onRoofs(mix.rainGauges(), places.split());
    List<Gauge> gauges = new ArrayList<>();
    for (int number = 0; number < mix.rainGauges(); number++) {
      gauges.add(
          new Gauge(
              number,
              "rain-%02d".formatted(number),
              Optional.of(roofs.get(number)),
              StreetPlan.INTERVAL));
    }
    return new StreetLife(mix, storms, plans, gauges);
  }

  /** How long it goes on, in minutes. */
  public double minutes() {
    return mix.days() * StreetPlan.MINUTES_A_DAY;
  }

  /** Its sensors. */
  public List<Site> sites() {
    return plans.stream().map(StreetPlan::site).toList();
  }

  /** Its rain gauges. */
  public List<Gauge> gauges() {
    return gauges;
  }

  /** The floods of one sensor, by time. */
  public List<Flood> floods(int sensor) {
    return plans.get(sensor).floods();
  }

  /** Rain since the first minute, mm, the same in all of the ward. */
  public double rainMm(double minute) {
    return storms.stream().mapToDouble(storm -> storm.fallenMm(minute)).sum();
  }

  /** What that sensor sees at that time. */
  public Sight sight(int sensor, double minute) {
    StreetPlan plan = plans.get(sensor);
    double depthMm =
        plan.floods().stream().mapToDouble(flood -> flood.depthMm(minute)).max().orElse(0);
    double surfaceMm = depthMm;
    OptionalInt errorMm = OptionalInt.empty();
    double heatMm = heatMm(plan, minute);
    Cause cause =
        depthMm > Flood.WET_MM ? Cause.FLOOD : heatMm > BLAMED_FROM_MM ? Cause.HEAT : Cause.GROUND;
    for (Disturbance disturbance : disturbancesByHour.get(sensor).get(hourOf(minute, mix.days()))) {
      if (!disturbance.covers(minute)) {
        continue;
      }
      double seenMm = disturbance.surfaceMm(minute, surfaceMm);
      if (disturbance.errorMm().isPresent() || Math.abs(seenMm - surfaceMm) > BLAMED_FROM_MM) {
        cause = disturbance.cause();
      }
      surfaceMm = seenMm;
      errorMm = errorMm.isPresent() ? errorMm : disturbance.errorMm();
    }
    double beamC = beamC(heatMm, plan.site().mountHeightMm());
    return new Sight(depthMm, surfaceMm, errorMm, beamC, cause);
  }

  /** By how much the ground seems too near. */
  private double heatMm(StreetPlan plan, double minute) {
    int day = Math.min(mix.days() - 1, (int) (minute / StreetPlan.MINUTES_A_DAY));
    double ofDay = minute - day * StreetPlan.MINUTES_A_DAY;
    if (ofDay <= HOT_FROM_MINUTE || ofDay >= HOT_TO_MINUTE) {
      return 0;
    }
    double sun = Math.sin((ofDay - HOT_FROM_MINUTE) / (HOT_TO_MINUTE - HOT_FROM_MINUTE) * Math.PI);
    double cooling = storms.stream().mapToDouble(storm -> storm.cooling(minute)).max().orElse(0);
    return plan.heatMm().get(day) * sun * (1 - cooling);
  }

  /** The temperature at which the ground seems that much nearer. */
  private static double beamC(double heatMm, int mountHeightMm) {
    double speed = speedOfSound(TUNED_FOR_C) / (1 - heatMm / mountHeightMm);
    return (speed - 331.3) / 0.606;
  }

  /** Of sound in air, in metres a second. */
  static double speedOfSound(double celsius) {
    return 331.3 + 0.606 * celsius;
  }

  private static List<List<Disturbance>> byHour(StreetPlan plan, int days) {
    List<List<Disturbance>> hours = new ArrayList<>();
    for (int hour = 0; hour <= hourOf(days * StreetPlan.MINUTES_A_DAY, days); hour++) {
      hours.add(new ArrayList<>());
    }
    for (Disturbance disturbance : plan.disturbances()) {
      int last = hourOf(disturbance.toMinute(), days);
      for (int hour = hourOf(disturbance.fromMinute(), days); hour <= last; hour++) {
        hours.get(hour).add(disturbance);
      }
    }
    return hours;
  }

  private static int hourOf(double minute, int days) {
    double end = days * StreetPlan.MINUTES_A_DAY;
    return (int) (Math.min(minute, end) / MINUTES_AN_HOUR);
  }
}
