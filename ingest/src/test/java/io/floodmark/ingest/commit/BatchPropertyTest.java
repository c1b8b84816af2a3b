package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static io.floodmark.ingest.commit.Readings.SENSOR_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.Surroundings;
import io.floodmark.reading.Reading;
import io.floodmark.sensor.SensorKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class BatchPropertyTest {

  @Property(seed = "4669")
  void nothingIsLost(@ForAll("messages") List<Pending> messages) {
    BatchOutcome outcome = evaluate(messages, Readings.gauge(SensorKind.DISTANCE));
    int elements = 0;
    for (Pending message : messages) {
      elements += message.items().size() + message.rejections().size();
    }
    assertEquals(
        elements, outcome.rows().size() + outcome.duplicates() + outcome.rejections().size());
  }

  @Property(seed = "4669")
  void noIdentityIsGivenTwice(@ForAll("messages") List<Pending> messages) {
    Set<Instant> seen = new HashSet<>();
    for (ReadingRow row : evaluate(messages, Readings.gauge(SensorKind.DISTANCE)).rows()) {
      assertTrue(seen.add(row.observedAt()));
    }
  }

  @Property(seed = "4669")
  void oneBatchComesToTheSameAsMany(@ForAll("messagesOfManyTimes") List<Pending> messages) {
    BatchOutcome together = evaluate(messages, Readings.gauge(SensorKind.DISTANCE));
    Gauge gauge = Readings.gauge(SensorKind.DISTANCE);
    Set<Instant> stored = new HashSet<>();
    List<AlertTransition> transitions = new ArrayList<>();
    for (Pending message : messages) {
      BatchOutcome alone = evaluate(List.of(message), gauge);
      // Where the database would have found a duplicate, the two cannot be compared here.
      for (ReadingRow row : alone.rows()) {
        if (!stored.add(row.observedAt())) {
          return;
        }
      }
      gauge = alone.gauges().isEmpty() ? gauge : alone.gauges().get(0);
      alone.alertChanges().forEach(change -> transitions.add(change.transition()));
    }
    assertEquals(gauge, together.gauges().isEmpty() ? gauge : together.gauges().get(0));
    assertEquals(
        transitions, together.alertChanges().stream().map(AlertLog.Change::transition).toList());
  }

  @Property(seed = "4669")
  void backfillNeverTouchesTheAlert(@ForAll("messages") List<Pending> messages) {
    BatchOutcome outcome = evaluate(messages, Readings.gauge(SensorKind.DISTANCE));
    Set<Instant> backfill = new HashSet<>();
    for (ReadingRow row : outcome.rows()) {
      if (row.backfill()) {
        backfill.add(row.observedAt());
      }
    }
    for (AlertLog.Change change : outcome.alertChanges()) {
      change.cause().ifPresent(cause -> assertTrue(!backfill.contains(cause.observedAt())));
    }
  }

  @Property(seed = "4669")
  void aStateIsTheSameAfterItWasStoredAndRead(@ForAll("messages") List<Pending> messages) {
    for (Gauge gauge : evaluate(messages, Readings.gauge(SensorKind.DISTANCE)).gauges()) {
      SensorState state = gauge.state();
      String json = SensorMemory.toJson(state.quality(), state.trend(), state.alert());
      assertEquals(state.quality(), SensorMemory.qualityOf(SensorMemory.parse(json)));
      assertEquals(state.trend(), SensorMemory.trendOf(SensorMemory.parse(json)));
      assertEquals(
          state.alert(), SensorMemory.alertOf(SensorMemory.parse(json), state.alert().level()));
    }
  }

  /** Messages that arrive in order, with few times all around their arrival, or without. */
  @Provide
  Arbitrary<List<Pending>> messages() {
    return messages(60_000);
  }

  /** The same, of times that hardly ever meet. */
  @Provide
  Arbitrary<List<Pending>> messagesOfManyTimes() {
    return messages(1);
  }

  private static Arbitrary<List<Pending>> messages(long stepMillis) {
    Arbitrary<OptionalLong> ts =
        Arbitraries.longs()
            .between(-1_200_000, 600_000)
            .map(offset -> OptionalLong.of(NOON.toEpochMilli() + offset / stepMillis * stepMillis))
            .injectNull(0.3)
            .map(time -> time == null ? OptionalLong.empty() : time);
    Arbitrary<Reading> readings =
        Combinators.combine(ts, Arbitraries.integers().between(-50, 2_100))
            .as((time, distance) -> Readings.distance(time, distance));
    Arbitrary<List<Reading>> bodies = readings.list().ofMinSize(0).ofMaxSize(4);
    Arbitrary<List<Integer>> waits = Arbitraries.integers().between(0, 90_000).list().ofSize(12);
    return Combinators.combine(bodies.list().ofMaxSize(12), waits)
        .as(
            (messages, pauses) -> {
              List<Pending> sent = new ArrayList<>();
              Instant at = NOON;
              for (int i = 0; i < messages.size(); i++) {
                at = at.plusMillis(pauses.get(i));
                sent.add(Readings.pending(at, false, messages.get(i).toArray(Reading[]::new)));
              }
              return sent;
            });
  }

  private static BatchOutcome evaluate(List<Pending> messages, Gauge gauge) {
    return Batch.evaluate(
        messages,
        Map.of(SENSOR_ID, gauge),
        StoredReadings.NONE,
        (sensor, at) -> Surroundings.UNKNOWN);
  }
}
