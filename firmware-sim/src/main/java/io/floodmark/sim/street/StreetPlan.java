package io.floodmark.sim.street;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * All that will happen at one sensor, drawn beforehand. Sizes of floods are those of 2,256 events
 * published by FloodNet NYC; of what stands under a sensor only shares are known, its sizes are our
 * guesses: bags from 15 cm, motorbikes, cars up to 1.5 m.
 *
 * @param site the sensor
 * @param floods by time, none overlapping another
 * @param disturbances in no order
 * @param heatMm how much too near the ground seems on the afternoon of each day, mm
 */
record StreetPlan(
    Site site, List<Flood> floods, List<Disturbance> disturbances, List<Double> heatMm) {
  static final double MINUTES_A_DAY = 1_440;

  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Half reach 94 mm, 48 % 100, 30 % 150, 8 % 300; the shallowest are our guess. */
  private static final Quantiles PEAK_MM =
      Quantiles.of(
          0, 12, 0.5, 94, 0.52, 100, 0.704, 150, 0.75, 170, 0.9, 280, 0.916, 300, 0.95, 364, 0.9916,
          600, 1, 1_038);

  /** Minutes from 25 to 100 mm of events that were not tidal; both ends are our guess. */
  private static final Quantiles RISE_MINUTES =
      Quantiles.of(0, 0.5, 0.1, 1, 0.25, 2, 0.5, 4, 0.75, 9, 0.9, 20, 1, 60);

  private static final double RISE_MM = 75;
  private static final Quantiles LENGTH_MINUTES =
      Quantiles.of(0, 15, 0.25, 60, 0.5, 123, 0.9, 291, 1, 720);

  /** Log-normal: 5 % lie below 85 mm, half below 238, 95 % below 607. */
  private static final double DELTA_MEDIAN_MM = 238;

  private static final double DELTA_SIGMA = 0.598;

  private static final double HEAT_MIN_MM = 43;
  private static final double HEAT_MAX_MM = 85;
  private static final double STORMS_A_DAY = 0.4;
  private static final double DRY_BETWEEN_MINUTES = 60;

  /** Share of a flood's rise after which nothing is left standing there. */
  private static final double TAKEN_AWAY_AT = 0.25;

  private static final int[] NO_ECHO_MM = {0, 300, 5_000, 10_000};

  StreetPlan {
    floods = List.copyOf(floods);
    disturbances = List.copyOf(disturbances);
    heatMm = List.copyOf(heatMm);
  }

  /** The rain that falls on all sensors of a street. */
  static List<Storm> storms(StreetMix mix, RandomGenerator random) {
    int count = (int) Math.ceil(mix.days() * STORMS_A_DAY);
    List<Storm> storms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double day = Math.floor((i + random.nextDouble()) * mix.days() / count);
      // Most of the rain of a hot month falls in the afternoon.
      double hour = random.nextDouble() < 0.6 ? random.nextDouble(14, 20) : random.nextDouble(24);
      storms.add(
          new Storm(
              day * MINUTES_A_DAY + hour * 60,
              random.nextDouble(40, 90),
              random.nextDouble(20, 80)));
    }
    return storms;
  }

  static StreetPlan draw(
      StreetMix mix, int number, Position position, List<Storm> storms, SplittableRandom random) {
    Site site =
        new Site(
            number,
            "street-%02d".formatted(number),
            Optional.of(position),
            random.nextInt(2_200, 2_800),
            (int) Math.round(logNormal(DELTA_MEDIAN_MM, DELTA_SIGMA, random)),
            number % 2 == 0,
            INTERVAL);
    List<Flood> floods = floods(mix, storms, random.split());
    double wetMinutes = floods.stream().mapToDouble(StreetPlan::wetMinutes).sum();
    Draws draws = new Draws(mix.days() * MINUTES_A_DAY, random.split(), new ArrayList<>());
    draws.passing(mix.pulses() * wetMinutes);
    draws.boxes(mix.boxes() * wetMinutes, floods);
    draws.blips(mix.blips() * wetMinutes);
    draws.others(mix.others() * wetMinutes);
    List<Double> heat = new ArrayList<>();
    for (int day = 0; day < mix.days(); day++) {
      double drawn = random.nextDouble(HEAT_MIN_MM, HEAT_MAX_MM);
      heat.add(day % mix.hotEvery() == mix.hotEvery() - 1 ? drawn : 0);
    }
    return new StreetPlan(site, floods, draws.drawn(), heat);
  }

  private static List<Flood> floods(StreetMix mix, List<Storm> storms, RandomGenerator random) {
    List<Storm> shuffled = new ArrayList<>(storms);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    List<Storm> flooding =
        shuffled.subList(0, Math.min(mix.floodsPerSensor(), shuffled.size())).stream()
            .sorted(Comparator.comparingDouble(Storm::fromMinute))
            .toList();
    List<Flood> floods = new ArrayList<>();
    double dryFrom = 0;
    for (Storm storm : flooding) {
      double peakMm = PEAK_MM.draw(random);
      // Two thirds of the height in half of the time: see Flood.
      double rise = peakMm * RISE_MINUTES.draw(random) / RISE_MM * 4 / 3;
      double length = Math.max(LENGTH_MINUTES.draw(random), 2 * rise);
      double from = Math.max(dryFrom, storm.fromMinute() + random.nextDouble(5, 35));
      Flood flood = new Flood(from, peakMm, rise, length, random.nextDouble(2 * Math.PI));
      dryFrom = flood.toMinute() + DRY_BETWEEN_MINUTES;
      if (flood.toMinute() < mix.days() * MINUTES_A_DAY) {
        floods.add(flood);
      }
    }
    return floods;
  }

  private static double wetMinutes(Flood flood) {
    double wet = 0;
    for (double minute = flood.fromMinute(); minute < flood.toMinute(); minute++) {
      wet += flood.depthMm(minute) > Flood.WET_MM ? 1 : 0;
    }
    return wet;
  }

  private static double logNormal(double median, double sigma, RandomGenerator random) {
    return median * Math.exp(sigma * random.nextGaussian());
  }

  /** Draws disturbances at any time of a street until they are enough. */
  private record Draws(double minutes, SplittableRandom random, List<Disturbance> drawn) {

    void passing(double target) {
      double sum = 0;
      while (sum < target) {
        double length = Math.min(240, 20 - 70 * Math.log(1 - random.nextDouble()));
        double from = random.nextDouble(minutes);
        List<Disturbance.Thing> things = new ArrayList<>();
        double at = from;
        while (at < from + length) {
          double stay = random.nextBoolean() ? 1 : random.nextDouble(1, 3);
          things.add(thing(Cause.PULSES, at, stay, logNormal(250, 0.6, random)));
          at += stay + random.nextDouble(1, 5);
        }
        drawn.add(new Disturbance.Passing(from, from + length, things));
        sum += length;
      }
    }

    /** Nobody parks in water, and what stands there is taken away when the water comes. */
    void boxes(double target, List<Flood> floods) {
      double sum = 0;
      while (sum < target) {
        double from = random.nextDouble(minutes);
        double drawnLength = Math.min(1_440, Math.max(5, logNormal(120, 0.9, random)));
        double heightMm = logNormal(400, 0.5, random);
        double length = drawnLength;
        for (Flood flood : floods) {
          if (flood.toMinute() > from && flood.fromMinute() < from + length) {
            length = flood.fromMinute() + flood.riseMinutes() * TAKEN_AWAY_AT - from;
          }
        }
        if (length >= 1) {
          drawn.add(thing(Cause.BOX, from, length, heightMm));
          sum += length;
        }
      }
    }

    void blips(double target) {
      for (int i = 0; i < target; i++) {
        drawn.add(thing(Cause.BLIP, random.nextDouble(minutes), 1, logNormal(120, 0.9, random)));
      }
    }

    void others(double target) {
      for (double sum = 0; sum < target / 4; sum += 2) {
        drawn.add(thing(Cause.SHORT, random.nextDouble(minutes), 2, logNormal(120, 0.9, random)));
      }
      double sum = 0;
      while (sum < target / 4) {
        double from = random.nextDouble(minutes);
        double length = random.nextDouble(120, 360);
        drawn.add(new Disturbance.Sagging(from, from + length, random.nextDouble(30, 150)));
        sum += length;
      }
      sum = 0;
      while (sum < target / 4) {
        double from = random.nextDouble(minutes);
        double length = random.nextDouble(10, 60);
        drawn.add(
            new Disturbance.Scatter(
                from, from + length, random.nextDouble(30, 60), random.nextLong()));
        sum += length;
      }
      sum = 0;
      while (sum < target / 4) {
        double from = random.nextDouble(minutes);
        double length = random.nextDouble(1, 60);
        int code = NO_ECHO_MM[random.nextInt(NO_ECHO_MM.length)];
        drawn.add(new Disturbance.NoEcho(from, from + length, code));
        sum += length;
      }
    }

    private Disturbance.Thing thing(Cause cause, double from, double length, double heightMm) {
      double height = Math.min(1_500, Math.max(30, heightMm));
      return new Disturbance.Thing(
          cause, from, from + length, height, random.nextDouble(-0.03, 0.03));
    }
  }
}
