package io.floodmark.api.sensors.desk;

import io.floodmark.api.quality.Aspect;
import io.floodmark.api.sensors.SensorState;
import io.floodmark.api.sensors.SensorView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One sensor as its page shows it. Immutable.
 *
 * @param lacks in which aspects it does not hold up
 * @param facts what is registered, by the columns of a list
 * @param past what only those who manage sensors see
 */
public record SensorStanding(
    SensorView sensor,
    SensorState state,
    Set<Aspect> lacks,
    Map<String, String> facts,
    Optional<Past> past) {
  /** Copies them. */
  public SensorStanding {
    lacks = Set.copyOf(lacks);
    facts = Map.copyOf(facts);
  }

  /** A fact, or a dash. */
  public String fact(String column) {
    return facts.getOrDefault(column, "–");
  }

  /**
   * What became of it so far.
   *
   * @param tally how much was rejected in 30 days, by reason, the most frequent first
   * @param newest the newest rejected messages
   * @param story what was done to it, the newest first
   */
  public record Past(
      Map<String, Long> tally, List<RejectedRows.Message> newest, List<Line> story) {}

  /**
   * One thing that was done.
   *
   * @param changes each in a line
   */
  public record Line(String what, String who, String when, List<String> changes) {}
}
