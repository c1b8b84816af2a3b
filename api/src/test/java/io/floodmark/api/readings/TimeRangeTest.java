package io.floodmark.api.readings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TimeRangeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final Instant NOW_MILLIS = Instant.parse("2026-11-21T12:00:00.123Z");

  @Test
  void withoutAnyEndItIsTheLastDay() {
    assertEquals(
        new TimeRange(NOW_MILLIS.minus(Duration.ofHours(24)), NOW_MILLIS), range(Map.of()));
  }

  @Test
  void withoutAnEndItEndsNow() {
    assertEquals(
        new TimeRange(NOW_MILLIS.minusSeconds(60), NOW_MILLIS),
        range(Map.of("from", NOW_MILLIS.minusSeconds(60).toString())));
  }

  @Test
  void withoutABeginningItIsADayLong() {
    assertEquals(
        new TimeRange(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z")),
        range(Map.of("to", "2026-01-02T00:00:00Z")));
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsRefused() {
    assertRefused(Map.of("from", "2000", "to", "2000"));
    assertRefused(Map.of("from", "2026-11-21T12:00:01Z"));
  }

  @Test
  void tenYearsAreTakenAndMoreAreRefused() {
    assertEquals(
        TimeRange.LENGTH_MAX,
        Duration.between(
            range(Map.of("from", "0", "to", "316224000000")).from(),
            Instant.ofEpochMilli(316_224_000_000L)));
    assertRefused(Map.of("from", "0", "to", "316224000001"));
  }

  private static void assertRefused(Map<String, String> parameters) {
    ProblemException refused = assertThrows(ProblemException.class, () -> range(parameters));
    assertEquals("from", refused.problem().parameter().orElseThrow());
  }

  private static TimeRange range(Map<String, String> parameters) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap().addAll(parameters);
    return TimeRange.of(new QueryParameters(query, "from", "to"), NOW);
  }
}
