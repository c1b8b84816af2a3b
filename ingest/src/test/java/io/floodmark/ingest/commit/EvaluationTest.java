package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static io.floodmark.ingest.commit.Readings.depth;
import static io.floodmark.ingest.commit.Readings.depthWithoutTime;
import static io.floodmark.ingest.commit.Readings.distance;
import static io.floodmark.ingest.commit.Readings.gauge;
import static io.floodmark.ingest.commit.Readings.rain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertState;
import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.Surroundings;
import io.floodmark.quality.QualityReason;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.reading.Trend;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  private Gauge gauge = gauge(SensorKind.DISTANCE);

  @Test
  void aGoodReadingBecomesTheLatest() {
    Evaluation evaluation = evaluate(depth(142, NOON.minusSeconds(3)), NOON);
    SensorState.Latest latest = evaluation.gauge().state().latest().orElseThrow();
    assertEquals(NOON.minusSeconds(3), latest.observedAt());
    assertEquals(NOON.minusSeconds(3), latest.evaluatedAt());
    assertEquals(NOON, latest.arrivedAt());
    assertEquals(OptionalInt.of(142), latest.lowPointDepthMm());
    assertEquals(OptionalInt.of(1), latest.level());
    assertEquals(1, latest.qc());
    assertFalse(evaluation.row().backfill());
  }

  @Test
  void waterTooLowToKnowTheLowPointIsLevelZero() {
    SensorState.Latest latest = latestAfter(depth(29, NOON));
    assertEquals(OptionalInt.of(29), latest.depthMm());
    assertEquals(OptionalInt.empty(), latest.lowPointDepthMm());
    assertEquals(OptionalInt.of(0), latest.level());
  }

  @Test
  void aBadReadingBecomesTheLatestWithoutALevel() {
    evaluate(depth(142, NOON.minusSeconds(60)), NOON.minusSeconds(60));
    evaluate(depth(152, NOON.minusSeconds(30)), NOON.minusSeconds(30));
    assertEquals(OptionalDouble.of(20), gauge.state().trendMmPerMin());
    Evaluation bad = evaluate(distance(OptionalLong.of(NOON.toEpochMilli()), 0), NOON);
    assertEquals(4, bad.gauge().state().latest().orElseThrow().qc());
    assertEquals(OptionalInt.empty(), bad.gauge().state().latest().orElseThrow().level());
    assertEquals(OptionalDouble.empty(), bad.gauge().state().trendMmPerMin());
    assertEquals(2, bad.gauge().state().trend().depthsMm().size());
  }

  @Test
  void aBadReadingNeitherRaisesNorInterruptsTheCountOfTwo() {
    evaluate(depth(250, NOON), NOON);
    assertEquals(
        List.of(),
        evaluate(
                distance(OptionalLong.of(NOON.plusSeconds(1).toEpochMilli()), 0),
                NOON.plusSeconds(1))
            .transitions());
    assertEquals(
        List.of(AlertTransition.Kind.RAISED),
        kinds(evaluate(depth(250, NOON.plusSeconds(2)), NOON.plusSeconds(2))));
  }

  @Test
  void aReadingOlderThanFifteenMinutesIsBackfill() {
    Instant old = NOON.minus(Duration.ofMinutes(15));
    assertFalse(evaluate(depth(250, old), NOON).row().backfill());
    gauge = gauge(SensorKind.DISTANCE);
    assertTrue(evaluate(depth(250, old.minusMillis(1)), NOON).row().backfill());
  }

  @Test
  void aReadingNoNewerThanTheLatestIsBackfill() {
    evaluate(depth(250, NOON), NOON);
    assertTrue(evaluate(depth(250, NOON.minusMillis(1)), NOON.plusSeconds(1)).row().backfill());
    assertFalse(evaluate(depth(250, NOON.plusMillis(1)), NOON.plusSeconds(1)).row().backfill());
  }

  @Test
  void backfillIsJudgedAndOnlyShowsThatTheSensorLives() {
    evaluate(depth(142, NOON), NOON);
    SensorState before = gauge.state();
    Evaluation backfill =
        evaluate(
            distance(OptionalLong.of(NOON.minusSeconds(60).toEpochMilli()), 5_000),
            NOON.plusSeconds(5));
    assertEquals(Set.of(QualityReason.ERROR_CODE), backfill.row().reasons());
    SensorState after = backfill.gauge().state();
    assertEquals(NOON.plusSeconds(5), after.lastArrivalAt());
    assertEquals(before.latest(), after.latest());
    assertEquals(before.trend(), after.trend());
    assertEquals(before.alert(), after.alert());
  }

  @Test
  void aFastClockIsFlaggedButItsWaterCounts() {
    Instant ahead = NOON.plus(Duration.ofHours(24));
    evaluate(depth(250, ahead), NOON);
    Evaluation second = evaluate(depth(250, ahead.plusSeconds(60)), NOON.plusSeconds(60));
    assertEquals(Set.of(QualityReason.CLOCK), second.row().reasons());
    assertEquals(ahead.plusSeconds(60), second.row().observedAt());
    SensorState.Latest latest = gauge.state().latest().orElseThrow();
    assertEquals(3, latest.qc());
    assertEquals(OptionalInt.of(2), latest.level());
    assertEquals(NOON.plusSeconds(60), latest.evaluatedAt());
    assertEquals(List.of(AlertTransition.Kind.RAISED), kinds(second));
    assertEquals(NOON.plusSeconds(60), second.transitions().get(0).occurredAt());
  }

  @Test
  void aClockThatIsSetBackGoesOnCounting() {
    evaluate(depth(250, NOON.plus(Duration.ofHours(24))), NOON);
    Evaluation right = evaluate(depth(250, NOON.plusSeconds(60)), NOON.plusSeconds(60));
    assertFalse(right.row().backfill());
    assertEquals(List.of(AlertTransition.Kind.RAISED), kinds(right));
  }

  @Test
  void readingsWithoutATimeThatArriveTogetherAllCount() {
    evaluate(depthWithoutTime(250, OptionalLong.empty()), NOON);
    Evaluation second = evaluate(depthWithoutTime(250, OptionalLong.empty()), NOON);
    assertEquals(NOON.plusMillis(1), second.row().observedAt());
    assertTrue(second.row().stamped());
    assertEquals(NOON.plusMillis(1), gauge.state().lastStampAt());
    assertEquals(List.of(AlertTransition.Kind.RAISED), kinds(second));
  }

  @Test
  void aReadingWithATimeLeavesTheLastStampAlone() {
    evaluate(depthWithoutTime(250, OptionalLong.empty()), NOON);
    evaluate(depth(250, NOON.plusSeconds(9)), NOON.plusSeconds(9));
    assertEquals(NOON, gauge.state().lastStampAt());
  }

  @Test
  void rainHasNoLevelNoTrendAndNoAlert() {
    gauge = gauge(SensorKind.RAIN);
    evaluate(rain(80, NOON), NOON);
    evaluate(rain(80, NOON.plusSeconds(60)), NOON.plusSeconds(60));
    SensorState state = gauge.state();
    assertEquals(1, state.latest().orElseThrow().qc());
    assertEquals(OptionalInt.empty(), state.latest().orElseThrow().level());
    assertEquals(Trend.NONE, state.trend());
    assertEquals(AlertState.NONE, state.alert());
  }

  @Test
  void theVersionThatWasReadStaysUntilItIsWritten() {
    assertEquals(0, evaluate(depth(250, NOON), NOON).gauge().state().version());
    assertEquals(1, gauge.state().written().version());
  }

  private SensorState.Latest latestAfter(Reading reading) {
    return evaluate(reading, NOON).gauge().state().latest().orElseThrow();
  }

  private Evaluation evaluate(Reading reading, Instant arrivedAt) {
    ReadingTime time =
        ReadingTime.of(reading.deviceTsMillis(), arrivedAt, gauge.state().lastStampAt());
    Evaluation evaluation = Evaluation.of(gauge, reading, time, arrivedAt, Surroundings.UNKNOWN);
    gauge = evaluation.gauge();
    return evaluation;
  }

  private static List<AlertTransition.Kind> kinds(Evaluation evaluation) {
    return evaluation.transitions().stream().map(AlertTransition::kind).toList();
  }
}
