package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static io.floodmark.ingest.commit.Readings.SENSOR_ID;
import static io.floodmark.ingest.commit.Readings.depth;
import static io.floodmark.ingest.commit.Readings.depthWithoutTime;
import static io.floodmark.ingest.commit.Readings.gauge;
import static io.floodmark.ingest.commit.Readings.pending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Rejection.Reason;
import io.floodmark.judging.Surroundings;
import io.floodmark.sensor.SensorKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private final Map<Integer, Gauge> before = Map.of(SENSOR_ID, gauge(SensorKind.DISTANCE));

  @Test
  void readingsAreEvaluatedOneAfterTheOther() {
    BatchOutcome outcome =
        evaluate(
            pending(NOON, false, depth(250, NOON.minusSeconds(60))),
            pending(NOON, false, depth(260, NOON)));
    assertEquals(2, outcome.rows().size());
    assertEquals(1, outcome.gauges().size());
    assertEquals(1, outcome.alertChanges().size());
    assertEquals(NOON, outcome.alertChanges().get(0).cause().orElseThrow().observedAt());
    assertEquals(Set.of(SENSOR_ID), outcome.changedSensors());
  }

  @Test
  void theSameAgainInTheBatchIsADuplicate() {
    BatchOutcome outcome =
        evaluate(pending(NOON, false, depth(250, NOON)), pending(NOON, true, depth(250, NOON)));
    assertEquals(1, outcome.rows().size());
    assertEquals(1, outcome.duplicates());
    assertEquals(List.of(), outcome.rejections());
  }

  @Test
  void anotherMeasurementAtTheSameTimeInTheBatchIsAConflict() {
    BatchOutcome outcome = evaluate(pending(NOON, false, depth(250, NOON), depth(251, NOON)));
    assertEquals(1, outcome.rows().size());
    assertEquals(0, outcome.duplicates());
    assertEquals(Reason.CONFLICT, outcome.rejections().get(0).rejection().reason());
  }

  @Test
  void aStampDoesNotTakeTheTimeOfAReadingInTheBatch() {
    BatchOutcome outcome =
        evaluate(
            pending(NOON, false, depth(250, NOON)),
            pending(NOON, false, depthWithoutTime(250, OptionalLong.empty())));
    assertEquals(
        List.of(NOON, NOON.plusMillis(1)),
        outcome.rows().stream().map(ReadingRow::observedAt).toList());
  }

  @Test
  void aRepetitionInTheBatchIsKnownByItsNumberWhicheverComesFirst() {
    BatchOutcome outcome =
        evaluate(
            pending(NOON, false, depthWithoutTime(250, OptionalLong.of(17))),
            pending(NOON, true, depthWithoutTime(250, OptionalLong.of(17))));
    assertEquals(1, outcome.rows().size());
    assertEquals(1, outcome.duplicates());
  }

  @Test
  void aRepetitionOfNothingIsAReading() {
    BatchOutcome outcome =
        evaluate(
            pending(NOON, true, depthWithoutTime(250, OptionalLong.of(17))),
            pending(NOON, true, depthWithoutTime(250, OptionalLong.empty())),
            pending(NOON, true, depthWithoutTime(260, OptionalLong.of(17))));
    assertEquals(3, outcome.rows().size());
    assertEquals(0, outcome.duplicates());
  }

  @Test
  void readingsOfASensorThatIsGoneAreRejected() {
    BatchOutcome outcome =
        Batch.evaluate(
            List.of(pending(NOON, false, depth(250, NOON))),
            Map.of(),
            StoredReadings.NONE,
            (sensor, at) -> Surroundings.UNKNOWN);
    assertEquals(List.of(), outcome.rows());
    assertTrue(outcome.rejections().get(0).sensorId().isEmpty());
    assertEquals(Reason.TOPIC, outcome.rejections().get(0).rejection().reason());
  }

  @Test
  void aReadingThatFitsNoRowIsRejectedAndQuoted() {
    Instant beyond = Instant.parse("+10000-01-01T00:00:00Z");
    BatchOutcome outcome =
        evaluate(pending(NOON, false, depth(250, beyond), depth(250, beyond.minusMillis(1))));
    assertEquals(1, outcome.rows().size());
    Rejection rejection = outcome.rejections().get(0).rejection();
    assertEquals(Reason.RANGE, rejection.reason());
    assertEquals(
        "{\"ts\":253402300800000,\"distance_mm\":1750}",
        new String(rejection.excerpt(), java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void aBatchTriedAgainComesToTheSame() {
    Pending pending = pending(NOON, false, depthWithoutTime(250, OptionalLong.empty()));
    assertEquals(evaluate(pending).rows(), evaluate(pending).rows());
  }

  @Test
  void aStampIsRememberedOnceItIsWritten() {
    Pending pending = pending(NOON, false, depthWithoutTime(250, OptionalLong.empty()));
    BatchOutcome outcome = evaluate(pending);
    assertEquals(Set.of(), pending.items().get(0).stamps());
    outcome.rememberStamps();
    assertEquals(Set.of(NOON), pending.items().get(0).stamps());
  }

  private BatchOutcome evaluate(Pending... batch) {
    return Batch.evaluate(
        List.of(batch), before, StoredReadings.NONE, (sensor, at) -> Surroundings.UNKNOWN);
  }
}
