package io.floodmark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryParametersTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-21T10:00:00Z", "2026-11-21T17:00:00.000+07:00", "1795255200000"})
  void aTimeIsIsoOrEpochMilliseconds(String text) {
    assertEquals(TEN, query("from", text).time("from").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-21",
        "2026-11-21T10:00:00",
        "2026-11-21T17:00:00 07:00",
        "-1",
        "1e9",
        "9999-01-01T00:00:00Z",
        "999999999999999"
      })
  void whatIsNoTimeIsRefusedByName(String text) {
    assertNames("from", () -> query("from", text).time("from"));
  }

  @Test
  void aNameThatIsNotKnownIsRefusedWithThoseThatAre() {
    ProblemException refused = assertThrows(ProblemException.class, () -> query("maxPoint", "5"));
    assertEquals("maxPoint", refused.problem().parameter().orElseThrow());
    assertTrue(refused.problem().detail().contains("from, maxPoints, state"), refused.getMessage());
  }

  @Test
  void aNameGivenTwiceIsRefused() {
    MultiMap twice = MultiMap.caseInsensitiveMultiMap().add("from", "1").add("from", "2");
    assertNames("from", () -> new QueryParameters(twice, "from"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "10000"})
  void aNumberInItsRangeIsTaken(String text) {
    assertEquals(
        Integer.parseInt(text),
        query("maxPoints", text).integer("maxPoints", 10, 10_000).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "10001", "", "ten", "10.0", "99999999999"})
  void anotherIsRefused(String text) {
    assertNames("maxPoints", () -> query("maxPoints", text).integer("maxPoints", 10, 10_000));
  }

  @Test
  void aChoiceNotMadeIsTheFirst() {
    assertEquals("open", query("from", "1").choice("state", List.of("open", "all")));
    assertEquals("all", query("state", "all").choice("state", List.of("open", "all")));
    assertNames("state", () -> query("state", "OPEN").choice("state", List.of("open", "all")));
  }

  private static QueryParameters query(String name, String value) {
    return new QueryParameters(
        MultiMap.caseInsensitiveMultiMap().add(name, value), "from", "maxPoints", "state");
  }

  private static void assertNames(String parameter, Runnable read) {
    ProblemException refused = assertThrows(ProblemException.class, read::run);
    assertEquals(400, refused.problem().status());
    assertEquals(parameter, refused.problem().parameter().orElseThrow());
  }
}
