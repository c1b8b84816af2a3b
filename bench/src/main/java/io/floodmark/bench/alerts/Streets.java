package io.floodmark.bench.alerts;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.judging.Standing;
import io.floodmark.judging.Vicinity;
import io.floodmark.quality.QualitySettings;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.DeviceRange;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.sim.street.Gauge;
import io.floodmark.sim.street.LabelledReading;
import io.floodmark.sim.street.LabelledSeries;
import io.floodmark.sim.street.Position;
import io.floodmark.sim.street.RainReading;
import io.floodmark.sim.street.RainSeries;
import io.floodmark.sim.street.Site;
import io.floodmark.sim.street.StreetLife;
import io.floodmark.sim.street.StreetMix;
import io.floodmark.surface.Rainfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Scores the rules on the sensors of one ward, simulated or recorded. Not thread-safe. */
public final class Streets {
  /** Midnight in Hưng Yên. */
  private static final Instant START = Instant.parse("2026-05-31T17:00:00Z");

  /** What a sensor is registered with unless somebody says otherwise. */
  private static final int NOISE_FLOOR_MM = 25;

  /** Where nobody knows the place, nothing is near. */
  private static final Position FAR_AWAY = new Position(0, 0);

  private final List<LabelledSeries> series;
  private final List<Watched> watched = new ArrayList<>();
  private final List<Rainfall> rainfall = new ArrayList<>();
  private final Vicinity vicinity;
  private final Witness witness;

  /** Sees each reading as the rules judge it, in the order of arrival, all on one thread. */
  @FunctionalInterface
  public interface Witness {
    /**
     * A reading was judged.
     *
     * @param place of its series in the list
     */
    void judged(int place, Sensor sensor, LabelledReading reading, Standing.Outcome outcome);
  }

  private Streets(List<LabelledSeries> series, List<RainSeries> gauges, Witness witness) {
    this.witness = witness;
    this.series = series;
    List<Vicinity.Site> sites = new ArrayList<>();
    for (LabelledSeries one : series) {
      Sensor sensor = sensor(one.site(), sites.size());
      watched.add(new Watched(sensor));
      sites.add(place(sites.size(), sensor.kind(), one.site().code(), one.site().position()));
    }
    for (RainSeries one : gauges) {
      Gauge gauge = one.gauge();
      rainfall.add(Rainfall.NONE);
      sites.add(place(sites.size(), SensorKind.RAIN, gauge.code(), gauge.position()));
    }
    this.vicinity = Vicinity.of(sites);
  }

  /** The street of that seed. */
  static AlertScore score(StreetMix mix, long seed) {
    StreetLife street = StreetLife.of(mix, seed);
    return score(water(street, seed), rain(street, seed));
  }

  /** What the sensors of the street of that seed send. */
  public static List<LabelledSeries> water(StreetLife street, long seed) {
    return street.sites().stream()
        .map(site -> LabelledSeries.of(street, site.number(), START, seed))
        .toList();
  }

  /** What its rain gauges send. */
  public static List<RainSeries> rain(StreetLife street, long seed) {
    return street.gauges().stream()
        .map(gauge -> RainSeries.of(street, gauge.number(), START, seed))
        .toList();
  }

  /** Has all readings judged, as they arrive, under the eyes of {@code witness}. */
  public static void watch(List<LabelledSeries> series, List<RainSeries> gauges, Witness witness) {
    Streets streets = new Streets(series, gauges, witness);
    streets.arrivals(gauges).forEach(streets::receive);
  }

  /** Of recorded series, or any others. */
  static AlertScore score(List<LabelledSeries> series, List<RainSeries> gauges) {
    Streets streets = new Streets(series, gauges, (place, sensor, reading, outcome) -> {});
    streets.arrivals(gauges).forEach(streets::receive);
    AlertScore score = new AlertScore();
    for (int i = 0; i < series.size(); i++) {
      Watched one = streets.watched.get(i);
      score.add(one.sensor(), series.get(i).readings(), one.trace());
    }
    return score;
  }

  /**
   * A reading as it arrives: of water, or else of rain.
   *
   * @param from which sensor or gauge, by its place in the list
   */
  private record Arrival(
      Instant at, int from, Optional<LabelledReading> water, Optional<RainReading> rain) {}

  private List<Arrival> arrivals(List<RainSeries> gauges) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      for (LabelledReading reading : series.get(i).readings()) {
        if (reading.arrivedAt().isPresent()) {
          Instant at = reading.arrivedAt().get();
          arrivals.add(new Arrival(at, i, Optional.of(reading), Optional.empty()));
        }
      }
    }
    for (int i = 0; i < gauges.size(); i++) {
      for (RainReading reading : gauges.get(i).readings()) {
        if (reading.arrivedAt().isPresent()) {
          Instant at = reading.arrivedAt().get();
          arrivals.add(new Arrival(at, i, Optional.empty(), Optional.of(reading)));
        }
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals;
  }

  private void receive(Arrival arrival) {
    if (arrival.rain().isPresent()) {
      RainReading reading = arrival.rain().get();
      Rainfall before = rainfall.get(arrival.from());
      if (reading.takenAt().isAfter(before.lastAt())) {
        rainfall.set(arrival.from(), before.with(reading.takenAt(), reading.rainMm()));
      }
      return;
    }
    LabelledReading reading = arrival.water().orElseThrow();
    Watched one = watched.get(arrival.from());
    Standing.Outcome outcome =
        one.receive(
            reading,
            arrival.at(),
            vicinity.around(arrival.from(), reading.takenAt(), this::word, List.of()));
    witness.judged(arrival.from(), one.sensor(), reading, outcome);
  }

  private Vicinity.Word word(int number) {
    if (number < watched.size()) {
      return watched.get(number).word();
    }
    Rainfall fallen = rainfall.get(number - watched.size());
    return new Vicinity.Word(fallen.lastAt(), OptionalInt.empty(), false, fallen);
  }

  private static Vicinity.Site place(
      int number, SensorKind kind, String code, Optional<Position> position) {
    Position at = position.orElse(FAR_AWAY);
    return new Vicinity.Site(
        number,
        code,
        kind,
        at.lon(),
        at.lat(),
        position.isPresent() ? Optional.empty() : Optional.of(List.of()));
  }

  private static Sensor sensor(Site site, int number) {
    return new Sensor(
        number,
        new SensorCode(site.code()),
        SensorKind.DISTANCE,
        new Calibration(
            OptionalInt.of(site.mountHeightMm()),
            0,
            !site.thermometer(),
            NOISE_FLOOR_MM,
            site.lowPointDeltaMm()),
        new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY),
        site.interval(),
        DeviceRange.UNKNOWN,
        QualitySettings.DEFAULT);
  }
}
