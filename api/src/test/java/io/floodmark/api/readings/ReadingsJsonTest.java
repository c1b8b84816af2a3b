package io.floodmark.api.readings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.quality.QualityReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ReadingsJsonTest {
  private static final Instant START = Instant.ofEpochMilli(1_767_225_600_000L);
  private static final TimeRange DAY = new TimeRange(START, START.plus(Duration.ofDays(1)));
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void theAnswerIsThatOfTheContract() {
    Bucket bucket =
        new Bucket(
            START.toEpochMilli(),
            OptionalInt.of(142),
            OptionalInt.of(138),
            OptionalInt.of(150),
            1,
            Set.of(),
            START.toEpochMilli(),
            START.toEpochMilli());
    assertEquals(
        """
        {"sensor":"bvd-03","from":"2026-01-01T00:00:00.000Z","to":"2026-01-02T00:00:00.000Z",\
        "stepSeconds":300,"columns":["t","depthMm","minMm","maxMm","qc"],\
        "rows":[[1767225600000,142,138,150,1]]}""",
        json(FIVE_MINUTES, MINUTE, List.of(bucket)));
  }

  @Test
  void whoAsksIsToldInWordsWhyReadingsAreDoubted() {
    long at = START.toEpochMilli();
    Bucket doubted =
        new Bucket(
            at,
            OptionalInt.of(142),
            OptionalInt.of(138),
            OptionalInt.of(150),
            4,
            Set.of(QualityReason.SPIKE, QualityReason.CLOCK),
            at,
            at);
    Bucket later =
        new Bucket(
            at + 3_600_000,
            OptionalInt.of(1),
            OptionalInt.of(1),
            OptionalInt.of(1),
            1,
            Set.of(),
            at + 3_600_000,
            at + 3_600_000);
    String json =
        new String(
            ReadingsJson.bytes(
                "bvd-03",
                DAY,
                FIVE_MINUTES,
                MINUTE,
                List.of(doubted, later),
                Optional.of(Texts.load(Language.EN, "doubts"))),
            StandardCharsets.UTF_8);
    assertTrue(
        json.contains("\"columns\":[\"t\",\"depthMm\",\"minMm\",\"maxMm\",\"qc\",\"reasons\"]"));
    assertTrue(json.contains("[1767225600000,142,138,150,4,[\"clock\",\"spike\"]]"), json);
    assertTrue(json.contains("[1767225900000,null,null,null,null,null]"), json);
    assertTrue(
        json.contains("\"spike\":\"Stands out of the readings just before and after\""), json);
  }

  @Test
  void everyReasonHasWordsInBothLanguages() {
    for (Language language : Language.values()) {
      Texts words = Texts.load(language, "doubts");
      for (QualityReason reason : QualityReason.values()) {
        assertTrue(words.has("doubt." + reason.code()), reason + " in " + language);
      }
    }
  }

  @Test
  void anEmptyStepIsARowOfNulls() {
    assertTrue(
        json(FIVE_MINUTES, MINUTE, List.of(at(0, 4), at(2, 0)))
            .endsWith(
                "[[1767225600000,7,7,7,1],[1767225900000,null,null,null,null],"
                    + "[1767226200000,7,7,7,1]]}"));
  }

  @Test
  void twoStepsInARowAreNoGapHoweverFarApartTheirReadings() {
    assertEquals(2, rows(json(FIVE_MINUTES, MINUTE, List.of(at(0, 0), at(1, 4)))));
  }

  @Test
  void threeIntervalsAreNoGap() {
    Duration second = Duration.ofSeconds(1);
    assertEquals(2, rows(json(second, MINUTE, List.of(second(0), second(180)))));
  }

  @Test
  void moreThanThreeIntervalsAre() {
    Duration second = Duration.ofSeconds(1);
    assertEquals(3, rows(json(second, MINUTE, List.of(second(0), second(181)))));
  }

  @Property(seed = "4669")
  void rowsAreNeverMoreThanSteps(
      @ForAll @Size(min = 1, max = 60) Set<@IntRange(max = 99) Integer> steps,
      @ForAll @IntRange(min = 1, max = 600) int reportIntervalS) {
    List<Bucket> buckets = new ArrayList<>();
    new TreeSet<>(steps).forEach(step -> buckets.add(at(step, 0)));
    String json = json(FIVE_MINUTES, Duration.ofSeconds(reportIntervalS), buckets);
    int range = new TreeSet<>(steps).last() - new TreeSet<>(steps).first() + 1;
    assertTrue(rows(json) <= range);
  }

  /** A bucket of five minutes with one reading in it, some minutes after it begins. */
  private static Bucket at(int step, int minute) {
    long start = START.toEpochMilli() + step * FIVE_MINUTES.toMillis();
    long reading = start + minute * 60_000L;
    OptionalInt depth = OptionalInt.of(7);
    return new Bucket(start, depth, depth, depth, 1, Set.of(), reading, reading);
  }

  private static Bucket second(int second) {
    long start = START.toEpochMilli() + second * 1_000L;
    OptionalInt depth = OptionalInt.of(7);
    return new Bucket(start, depth, depth, depth, 1, Set.of(), start, start);
  }

  private static int rows(String json) {
    return json.substring(json.indexOf("\"rows\":[") + 8).split("\\[", -1).length - 1;
  }

  private static String json(Duration step, Duration reportInterval, List<Bucket> buckets) {
    return new String(
        ReadingsJson.bytes("bvd-03", DAY, step, reportInterval, buckets, Optional.empty()),
        StandardCharsets.UTF_8);
  }
}
