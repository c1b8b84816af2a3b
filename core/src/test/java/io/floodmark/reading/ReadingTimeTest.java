package io.floodmark.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReadingTimeTest {
  private static final Instant ARRIVAL = Instant.parse("2026-11-21T13:05:00.123Z");

  @Test
  void theSensorsOwnTimeCounts() {
    ReadingTime time = at(ARRIVAL.minusSeconds(90));
    assertEquals(ARRIVAL.minusSeconds(90), time.observedAt());
    assertEquals(ARRIVAL.minusSeconds(90), time.evaluatedAt());
    assertFalse(time.stampedOnArrival());
  }

  @Test
  void withoutATimeTheArrivalCounts() {
    ReadingTime time = ReadingTime.of(OptionalLong.empty(), ARRIVAL, Instant.MIN);
    assertEquals(ARRIVAL, time.observedAt());
    assertTrue(time.stampedOnArrival());
  }

  @Test
  void aTimeBefore2020IsAClockThatWasNeverSet() {
    assertTrue(at(Instant.parse("2019-12-31T23:59:59.999Z")).stampedOnArrival());
    assertTrue(at(Instant.EPOCH).stampedOnArrival());
    assertFalse(at(Instant.parse("2020-01-01T00:00:00Z")).stampedOnArrival());
  }

  @Test
  void stampsGivenOnArrivalNeverRepeat() {
    ReadingTime first = ReadingTime.of(OptionalLong.empty(), ARRIVAL, Instant.MIN);
    ReadingTime second = ReadingTime.of(OptionalLong.empty(), ARRIVAL, first.observedAt());
    assertEquals(ARRIVAL.plusMillis(1), second.observedAt());
    assertEquals(ARRIVAL.plusMillis(1), second.evaluatedAt());
  }

  @Test
  void aTimeFiveMinutesAheadPassesAndMoreIsMarked() {
    assertFalse(at(ARRIVAL.plus(Duration.ofMinutes(5))).clockAhead());
    ReadingTime ahead = at(ARRIVAL.plus(Duration.ofMinutes(5)).plusMillis(1));
    assertTrue(ahead.clockAhead());
    assertEquals(ARRIVAL.plus(Duration.ofMinutes(5)).plusMillis(1), ahead.observedAt());
    assertEquals(ARRIVAL, ahead.evaluatedAt());
  }

  private static ReadingTime at(Instant sent) {
    return ReadingTime.of(OptionalLong.of(sent.toEpochMilli()), ARRIVAL, Instant.MIN);
  }
}
