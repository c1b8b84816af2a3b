package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Rejection.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of what is no reading. */
@ParameterizedClass
@EnumSource(Engine.class)
final class RejectingTest extends CommitLineOnEachEngine {

  @Test
  void readingsOfASensorThatIsGoneAreRejectedAndHoldNobodyUp() throws Exception {
    line.queue(Integer.MAX_VALUE, depth(250, NOON));
    line.queue(sensor, depth(250, NOON));
    line.commit();
    assertEquals("1", count("reading", sensor));
    assertEquals(2, line.settled());
    assertEquals(1, line.counters().rejected(Reason.TOPIC));
  }

  @Test
  void whatWasNoReadingIsKeptCountedAndSettled() throws Exception {
    line.queueRejected(sensor, rejection("It is no JSON: \"\u0000\ud800\"."));
    line.commit();
    assertEquals(1, line.settled());
    assertEquals(
        "2026-07-21 12:00:00+00 sensors/s%d/readings syntax It is no JSON: \"\ufffd?\". 10 no reading"
            .formatted(sensor),
        select(
            """
            SELECT received_at, topic, reason, detail, size_bytes, convert_from(payload, 'UTF8')
            FROM rejected_message WHERE sensor_id = ?
            """,
            sensor));
    assertEquals(
        "2026-07-21 syntax 1",
        select("SELECT day, reason, messages FROM rejected_tally WHERE sensor_id = ?", sensor));
  }

  @Test
  void aTopicThatNoTextColumnTakesHoldsNobodyUp() throws Exception {
    line.queueRejectedAt(sensor, "sensors/\u0000\ud800", rejection("A foreign topic."));
    line.commit();
    assertEquals(1, line.settled());
    assertEquals(
        "sensors/\ufffd?",
        select("SELECT topic FROM rejected_message WHERE sensor_id = ?", sensor));
  }

  @Test
  void aThousandRejectedMessagesADayAreKeptAndTheRestCounted() throws Exception {
    Rejection[] many =
        IntStream.range(0, 600).mapToObj(i -> rejection("No " + i)).toArray(Rejection[]::new);
    line.queueRejected(sensor, many);
    line.commit();
    // Another process, which knows of the first only from the table.
    Line other = new Line(database, clock);
    other.queueRejected(sensor, many);
    other.commit();
    now.set(NOON.plus(Duration.ofHours(12)));
    other.queueRejected(sensor, Arrays.copyOf(many, 1));
    other.commit();
    other.loop().abort();
    assertEquals(
        "2026-07-21 1000\n2026-07-22 1",
        select(
            "SELECT date(received_at), count(*) FROM rejected_message WHERE sensor_id = ?"
                + " GROUP BY 1 ORDER BY 1",
            sensor));
    assertEquals(
        "2026-07-21 1200\n2026-07-22 1",
        select("SELECT day, messages FROM rejected_tally WHERE sensor_id = ? ORDER BY 1", sensor));
  }

  @Test
  void aReadingThatFitsNoColumnIsRejectedAndItsNeighboursStored() throws Exception {
    line.send(
        sensor,
        depth(10, NOON.minusSeconds(2)),
        depth(10, Instant.ofEpochMilli(Long.MAX_VALUE)),
        depth(10, NOON));
    assertEquals("2", count("reading", sensor));
    assertEquals(1, line.counters().rejected(Reason.RANGE));
  }
}
