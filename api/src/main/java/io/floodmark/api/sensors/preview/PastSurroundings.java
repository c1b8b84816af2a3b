package io.floodmark.api.sensors.preview;

import io.floodmark.judging.Surroundings;
import io.floodmark.judging.Vicinity;
import io.floodmark.surface.Rainfall;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What rain gauges, neighbours and residents said around a sensor at moments of the past, asked for
 * in rising order. Neighbours count by the alerts that were raised of them; how deep they stood is
 * not looked up again. Confined to one thread.
 */
final class PastSurroundings {
  /** Nobody said anything. */
  static final PastSurroundings NONE =
      new PastSurroundings(0, Vicinity.of(List.of()), List.of(), Map.of(), List.of());

  private final int sensorId;
  private final Vicinity vicinity;
  private final List<GaugeReading> rain;
  private final Map<Integer, NavigableMap<Instant, Instant>> floods;
  private final List<ShownReport> reports;
  private final Map<Integer, Rainfall> fallen = new HashMap<>();
  private int taken;

  /** A good reading of a rain gauge. */
  record GaugeReading(int sensorId, Instant observedAt, Instant arrivedAt, double rainMm) {}

  /** A flood that residents reported, from when staff confirmed it. */
  record ShownReport(Instant confirmedAt, Vicinity.ConfirmedReport report) {}

  /**
   * The surroundings of a sensor.
   *
   * @param vicinity who stands near it
   * @param rain readings of gauges in the order of arrival
   * @param floods by sensor, when water that was warned of began and when it was last seen
   * @param reports of residents
   */
  PastSurroundings(
      int sensorId,
      Vicinity vicinity,
      List<GaugeReading> rain,
      Map<Integer, NavigableMap<Instant, Instant>> floods,
      List<ShownReport> reports) {
    this.sensorId = sensorId;
    this.vicinity = vicinity;
    this.rain = List.copyOf(rain);
    this.floods = Map.copyOf(floods);
    this.reports = List.copyOf(reports);
  }

  /**
   * What was known when a reading came.
   *
   * @param evaluatedAt event time of the reading
   * @param arrivedAt server time of its arrival, no earlier than in the call before
   */
  Surroundings at(Instant evaluatedAt, Instant arrivedAt) {
    while (taken < rain.size() && !rain.get(taken).arrivedAt().isAfter(arrivedAt)) {
      GaugeReading reading = rain.get(taken++);
      Rainfall before = fallen.getOrDefault(reading.sensorId(), Rainfall.NONE);
      if (reading.observedAt().isAfter(before.lastAt())) {
        fallen.put(reading.sensorId(), before.with(reading.observedAt(), reading.rainMm()));
      }
    }
    List<Vicinity.ConfirmedReport> shown =
        reports.stream()
            .filter(report -> !report.confirmedAt().isAfter(arrivedAt))
            .map(ShownReport::report)
            .toList();
    return vicinity.around(sensorId, evaluatedAt, id -> word(id, arrivedAt).orElse(null), shown);
  }

  private Optional<Vicinity.Word> word(int id, Instant at) {
    Rainfall rainfall = fallen.get(id);
    if (rainfall != null) {
      return Optional.of(
          new Vicinity.Word(rainfall.lastAt(), OptionalInt.empty(), false, rainfall));
    }
    NavigableMap<Instant, Instant> ofSensor = floods.get(id);
    Map.Entry<Instant, Instant> flood = ofSensor == null ? null : ofSensor.floorEntry(at);
    if (flood == null) {
      return Optional.empty();
    }
    Instant seenAt = flood.getValue().isBefore(at) ? flood.getValue() : at;
    return Optional.of(new Vicinity.Word(seenAt, OptionalInt.empty(), true, Rainfall.NONE));
  }
}
