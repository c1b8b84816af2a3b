package io.floodmark.bench.nowcast;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.AlertSample;
import io.floodmark.alert.AlertState;
import io.floodmark.bench.alerts.Streets;
import io.floodmark.judging.Standing;
import io.floodmark.nowcast.WaterSample;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.sim.street.LabelledReading;
import io.floodmark.sim.street.LabelledSeries;
import io.floodmark.sim.street.RainSeries;
import io.floodmark.sim.street.StreetLife;
import io.floodmark.sim.street.StreetMix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What is told of the next minutes on many simulated streets, or on recorded ones. */
public final class NowcastBench {
  private NowcastBench() {}

  /**
   * What came of it.
   *
   * @param figures by name
   * @param bands how long the next level really took, by how long was forecast
   */
  public record Result(Map<String, Object> figures, Map<String, Object> bands) {}

  /**
   * Scores the streets of these seeds, both included, as many at a time as there are processors.
   */
  public static Result run(StreetMix mix, long firstSeed, long lastSeed) {
    NowcastScore all = new NowcastScore();
    LongStream.rangeClosed(firstSeed, lastSeed)
        .parallel()
        .mapToObj(
            seed -> {
              StreetLife street = StreetLife.of(mix, seed);
              return labelled(Streets.water(street, seed), Streets.rain(street, seed));
            })
        .toList()
        .forEach(all::add);
    return result(all);
  }

  /** Scores series with the truth beside them, judged as if they came in now. */
  public static Result ofLabelled(List<LabelledSeries> water, List<RainSeries> rain) {
    return result(labelled(water, rain));
  }

  /**
   * Scores recorded series of which only the readings are known: all of them are believed, and what
   * they say is the truth.
   *
   * @param recorded by sensor, each by time
   * @param policy levels, on the depth under the sensor
   */
  public static Result ofRecorded(Map<String, List<WaterSample>> recorded, AlertPolicy policy) {
    NowcastScore score = new NowcastScore();
    recorded.forEach((code, samples) -> add(score, sensor(code, samples, policy), samples));
    return result(score);
  }

  private static void add(NowcastScore score, Sensor sensor, List<WaterSample> recorded) {
    SiteWatch site = new SiteWatch(sensor);
    AlertState alert = AlertState.NONE;
    for (WaterSample sample : recorded) {
      OptionalInt depth = sensor.calibration().lowPointDepth(sample.depthMm());
      AlertSample seen = AlertSample.alone(sample.at(), sample.at(), depth);
      alert = alert.next(sensor.alertPolicy(), seen).state();
      site.take(sample.at(), Optional.of(sample), alert.level());
    }
    score.add(
        site,
        new Truth(
            recorded.stream().mapToLong(sample -> sample.at().toEpochMilli()).toArray(),
            recorded.stream().mapToDouble(WaterSample::depthMm).toArray()));
  }

  private static Sensor sensor(String code, List<WaterSample> recorded, AlertPolicy policy) {
    List<Double> steps = new ArrayList<>();
    for (int i = 1; i < recorded.size(); i++) {
      steps.add(NowcastScore.minutes(recorded.get(i - 1).at(), recorded.get(i).at()));
    }
    long usualS = Math.round(60 * (steps.isEmpty() ? 1 : Figures.quantile(steps, 0.5)));
    return new Sensor(
        0,
        new SensorCode(code),
        SensorKind.DEPTH,
        new Calibration(OptionalInt.empty(), 0, 0),
        policy,
        Duration.ofSeconds(Math.max(1, usualS)));
  }

  private static NowcastScore labelled(List<LabelledSeries> water, List<RainSeries> rain) {
    Map<Integer, SiteWatch> sites = new LinkedHashMap<>();
    Streets.watch(
        water,
        rain,
        (place, sensor, reading, outcome) ->
            take(sites.computeIfAbsent(place, unseen -> new SiteWatch(sensor)), reading, outcome));
    NowcastScore score = new NowcastScore();
    sites.forEach((place, site) -> score.add(site, truth(water.get(place).readings())));
    return score;
  }

  private static void take(SiteWatch site, LabelledReading reading, Standing.Outcome outcome) {
    if (outcome.backfill()) {
      return;
    }
    Instant arrivedAt = reading.arrivedAt().orElseThrow();
    OptionalLong sent = OptionalLong.of(reading.takenAt().toEpochMilli());
    Instant at = ReadingTime.of(sent, arrivedAt, Instant.MIN).evaluatedAt();
    Optional<WaterSample> believed =
        outcome.judgement().goodForAlerts()
            ? Optional.of(new WaterSample(at, outcome.judgement().depthMm().getAsInt()))
            : Optional.empty();
    outcome.onEarlier().forEach(verdict -> site.doubt(verdict.observedAt()));
    site.take(at, believed, outcome.after().alert().level());
  }

  private static Truth truth(List<LabelledReading> readings) {
    return new Truth(
        readings.stream().mapToLong(reading -> reading.takenAt().toEpochMilli()).toArray(),
        readings.stream().mapToDouble(LabelledReading::depthMm).toArray());
  }

  private static Result result(NowcastScore score) {
    return new Result(score.figures(), score.bands());
  }
}
