package io.floodmark.judging;

import io.floodmark.alert.AlertSample;
import io.floodmark.alert.AlertState;
import io.floodmark.alert.AlertTransition;
import io.floodmark.quality.QualityFlag;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.reading.Trend;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorKind;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where a sensor stands between two readings, as far as judging the next one needs it. Immutable.
 *
 * @param evaluatedAt event time of the newest evaluated reading, good or not; {@link Instant#MIN}
 *     before the first
 * @param quality what quality control remembers
 * @param trend of the good depths
 * @param alert the flood alert
 */
public record Standing(Instant evaluatedAt, QualityMemory quality, Trend trend, AlertState alert) {
  /** Before the first reading. */
  public static final Standing UNSEEN =
      new Standing(Instant.MIN, QualityMemory.NONE, Trend.NONE, AlertState.NONE);

  /**
   * What one reading comes to.
   *
   * @param judgement how good it is
   * @param backfill whether it came too late for trend and alert
   * @param level that it meets, 0 to 4; empty where it is bad, measures no water or came too late
   * @param onEarlier what it says of readings before it
   * @param transitions of the alert, in order
   * @param after where the sensor stands after it
   */
  public record Outcome(
      Judgement judgement,
      boolean backfill,
      OptionalInt level,
      List<Verdict> onEarlier,
      List<AlertTransition> transitions,
      Standing after) {
    /** Copies the lists. */
    public Outcome {
      onEarlier = List.copyOf(onEarlier);
      transitions = List.copyOf(transitions);
    }
  }

  /**
   * Takes in a reading.
   *
   * <p>One that is backfill (older on arrival than the sensor's {@link Sensor#backfillAge()}, or
   * not newer than the last one evaluated) is judged by itself and changes nothing.
   *
   * <p>A good measurement under a clock that runs ahead counts for level, trend and alert: its time
   * is then its arrival, which is ours, so only its flag suffers.
   *
   * @param time when it counts as observed
   * @param arrivedAt server time of arrival
   * @param around what is known of the neighbourhood
   */
  public Outcome next(
      Sensor sensor, Reading reading, ReadingTime time, Instant arrivedAt, Surroundings around) {
    if (isBackfill(sensor, time, arrivedAt)) {
      return new Outcome(
          QualityControl.alone(sensor, reading, time),
          true,
          OptionalInt.empty(),
          List.of(),
          List.of(),
          this);
    }
    QualityControl.Step judged = QualityControl.next(sensor, quality, reading, time, around);
    Judgement judgement = judged.judgement();
    Trend newTrend = trend;
    AlertState.Step step = new AlertState.Step(alert, List.of());
    if (judgement.goodForAlerts()) {
      newTrend = trend.with(time.evaluatedAt(), judgement.depthMm().getAsInt());
      step =
          alert.next(
              sensor.alertPolicy(),
              new AlertSample(
                  time.evaluatedAt(),
                  arrivedAt,
                  judgement.lowPointDepthMm(),
                  judgement.holdingDepthMm(),
                  judgement.sure(),
                  around.backing().supportedUntil()));
    }
    return new Outcome(
        judgement,
        false,
        levelOf(sensor, time, judgement),
        judged.onEarlier(),
        step.transitions(),
        new Standing(time.evaluatedAt(), judged.after(), newTrend, step.state()));
  }

  /** The same with another alert, as time alone makes it. */
  public Standing with(AlertState changed) {
    return new Standing(evaluatedAt, quality, trend, changed);
  }

  private boolean isBackfill(Sensor sensor, ReadingTime time, Instant arrivedAt) {
    long ageMillis = arrivedAt.toEpochMilli() - time.evaluatedAt().toEpochMilli();
    return ageMillis > sensor.backfillAge().toMillis() || !time.evaluatedAt().isAfter(evaluatedAt);
  }

  /** A doubt leaves the level as the last good reading had it, as long as that is recent. */
  private OptionalInt levelOf(Sensor sensor, ReadingTime time, Judgement judgement) {
    QualityFlag flag = judgement.flag();
    if (sensor.kind() == SensorKind.RAIN
        || flag == QualityFlag.BAD
        || flag == QualityFlag.MISSING) {
      return OptionalInt.empty();
    }
    if (judgement.goodForAlerts()) {
      OptionalInt lowPoint = judgement.lowPointDepthMm();
      return OptionalInt.of(
          lowPoint.isPresent() ? sensor.alertPolicy().levelOf(lowPoint.getAsInt()) : 0);
    }
    boolean recent = alert.evaluatedAt().isAfter(time.evaluatedAt().minus(sensor.backfillAge()));
    return recent ? OptionalInt.of(alert.lastMeets()) : OptionalInt.empty();
  }
}
