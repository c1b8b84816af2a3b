package io.floodmark.bench.alerts;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.AlertTransition;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sim.street.Cause;
import io.floodmark.sim.street.LabelledReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was raised, held against what was there. Not thread-safe. */
final class AlertScore {
  /** A flood of this depth at the sensor has to be found. */
  private static final double TO_BE_FOUND_MM = 100;

  private static final Duration FLAPPING_WITHIN = Duration.ofMinutes(30);

  /** An alert is right if there was water so shortly before it was raised. */
  private static final Duration STILL_RIGHT_AFTER = Duration.ofMinutes(5);

  private double sensorDays;
  private int floodsToFind;
  private int found;
  private final List<Long> delaysInSamples = new ArrayList<>();
  private final Map<Cause, Integer> missesByCause = new TreeMap<>();
  private final Map<Cause, Integer> falseByCause = new TreeMap<>();
  private int flaps;
  private int raised;

  /** Counts in one sensor's series. */
  void add(Sensor sensor, List<LabelledReading> taken, AlertTrace trace) {
    Duration length =
        Duration.between(taken.get(0).takenAt(), taken.get(taken.size() - 1).takenAt());
    sensorDays += length.toMinutes() / (double) Duration.ofDays(1).toMinutes();
    List<FloodEvent> floods = FloodEvent.in(taken);
    for (FloodEvent flood : floods) {
      addFlood(sensor, flood, trace);
    }
    addAlerts(floods, trace);
  }

  private void addFlood(Sensor sensor, FloodEvent flood, AlertTrace trace) {
    AlertPolicy policy = sensor.alertPolicy();
    boolean warned = false;
    int levelMet = 0;
    for (LabelledReading reading : flood.readings()) {
      int level = trueLevel(sensor, reading);
      if (level > levelMet) {
        levelMet = level;
        Optional<Instant> at = reachedAt(trace, level, reading.takenAt(), flood.last().takenAt());
        warned |= at.isPresent();
        at.ifPresent(
            when ->
                delaysInSamples.add(
                    Math.max(0, Duration.between(reading.takenAt(), when).toMillis())
                        / sensor.reportInterval().toMillis()));
      }
    }
    if (flood.peakMm() >= TO_BE_FOUND_MM && policy.levelOf((int) flood.peakMm()) > 0) {
      floodsToFind++;
      if (warned) {
        found++;
      } else {
        missesByCause.merge(commonest(flood), 1, Integer::sum);
      }
    }
  }

  private void addAlerts(List<FloodEvent> floods, AlertTrace trace) {
    Instant clearedAt = Instant.MIN;
    for (AlertTrace.Change change : trace.changes()) {
      if (change.transition().kind() == AlertTransition.Kind.CLEARED) {
        clearedAt = change.madeAt();
      }
      if (change.transition().kind() != AlertTransition.Kind.RAISED) {
        continue;
      }
      raised++;
      LabelledReading cause = change.cause().orElseThrow();
      if (floods.stream().noneMatch(flood -> explains(flood, cause))) {
        falseByCause.merge(cause.cause(), 1, Integer::sum);
      }
      if (change.madeAt().isBefore(plus(clearedAt, FLAPPING_WITHIN))) {
        flaps++;
      }
    }
  }

  private static boolean explains(FloodEvent flood, LabelledReading reading) {
    return !reading.takenAt().isBefore(flood.first().takenAt())
        && !reading.takenAt().isAfter(flood.last().takenAt().plus(STILL_RIGHT_AFTER));
  }

  /** When the alert stood at that level or above, between the two. */
  private static Optional<Instant> reachedAt(
      AlertTrace trace, int level, Instant from, Instant until) {
    int standing = 0;
    for (AlertTrace.Change change : trace.changes()) {
      if (standing >= level && !change.madeAt().isBefore(from)) {
        return Optional.of(from);
      }
      standing = change.transition().toLevel();
      if (change.madeAt().isAfter(until)) {
        return Optional.empty();
      }
      if (standing >= level && !change.madeAt().isBefore(from)) {
        return Optional.of(change.madeAt());
      }
    }
    return standing >= level ? Optional.of(from) : Optional.empty();
  }

  /** The level that the true depth meets, as far as a sensor there can know. */
  private static int trueLevel(Sensor sensor, LabelledReading reading) {
    Calibration calibration = sensor.calibration();
    return calibration.lowPointDepth((int) reading.depthMm()).stream()
        .map(sensor.alertPolicy()::levelOf)
        .findFirst()
        .orElse(0);
  }

  private static Cause commonest(FloodEvent flood) {
    Map<Cause, Integer> counts = new TreeMap<>();
    flood.readings().forEach(reading -> counts.merge(reading.cause(), 1, Integer::sum));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static Instant plus(Instant at, Duration duration) {
    return at.equals(Instant.MIN) ? at : at.plus(duration);
  }

  /** Takes in another score. */
  void add(AlertScore other) {
    sensorDays += other.sensorDays;
    floodsToFind += other.floodsToFind;
    found += other.found;
    delaysInSamples.addAll(other.delaysInSamples);
    other.missesByCause.forEach((cause, count) -> missesByCause.merge(cause, count, Integer::sum));
    other.falseByCause.forEach((cause, count) -> falseByCause.merge(cause, count, Integer::sum));
    flaps += other.flaps;
    raised += other.raised;
  }

  int floodsToFind() {
    return floodsToFind;
  }

  double foundShare() {
    return (double) found / floodsToFind;
  }

  /** Samples from the first one that truly met a level to the alert at that level. */
  double delaySamples(double share) {
    long[] sorted = delaysInSamples.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  int falseAlerts() {
    return falseByCause.values().stream().mapToInt(Integer::intValue).sum();
  }

  double falsePerSensorDay() {
    return falseAlerts() / sensorDays;
  }

  int flaps() {
    return flaps;
  }

  /** The figures by name, units at their ends. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("sensorDays", Math.round(sensorDays));
    figures.put("floodsOver" + (int) TO_BE_FOUND_MM + "mm", floodsToFind);
    figures.put("foundShare", foundShare());
    figures.put("medianDelaySamples", delaySamples(0.5));
    figures.put("p95DelaySamples", delaySamples(0.95));
    figures.put("alertsRaised", raised);
    figures.put("falseAlerts", falseAlerts());
    figures.put("falsePerSensorDay", falsePerSensorDay());
    figures.put("raisedAgainWithin30Minutes", flaps);
    figures.put("missesByCause", Map.copyOf(missesByCause));
    figures.put("falseByCause", Map.copyOf(falseByCause));
    return figures;
  }

  @Override
  public String toString() {
    return figures().toString();
  }
}
