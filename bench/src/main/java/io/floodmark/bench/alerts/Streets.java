package io.floodmark.bench.alerts;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.sim.street.LabelledSeries;
import io.floodmark.sim.street.Site;
import io.floodmark.sim.street.StreetLife;
import io.floodmark.sim.street.StreetMix;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** Scores the rules on streets, simulated or recorded. */
final class Streets {
  /** Midnight in Hưng Yên. */
  private static final Instant START = Instant.parse("2026-05-31T17:00:00Z");

  /** What a sensor is registered with unless somebody says otherwise. */
  private static final int NOISE_FLOOR_MM = 25;

  private Streets() {}

  static AlertScore score(StreetMix mix, long seed) {
    StreetLife street = StreetLife.of(mix, seed);
    AlertScore score = new AlertScore();
    for (Site site : street.sites()) {
      score(LabelledSeries.of(street, site.number(), START, seed), score);
    }
    return score;
  }

  static AlertScore score(List<LabelledSeries> recorded) {
    AlertScore score = new AlertScore();
    recorded.forEach(series -> score(series, score));
    return score;
  }

  private static void score(LabelledSeries series, AlertScore score) {
    Sensor sensor = sensor(series.site());
    score.add(sensor, series.readings(), Watched.trace(sensor, series.readings()));
  }

  private static Sensor sensor(Site site) {
    return new Sensor(
        site.number() + 1,
        new SensorCode(site.code()),
        SensorKind.DISTANCE,
        new Calibration(
            OptionalInt.of(site.mountHeightMm()), NOISE_FLOOR_MM, site.lowPointDeltaMm()),
        new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY),
        site.interval());
  }
}
