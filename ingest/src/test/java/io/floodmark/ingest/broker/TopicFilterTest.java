package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicFilterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "/",
        "//",
        "a/b",
        "#",
        "+",
        "+/#",
        "a/+/b",
        "/+",
        "+/+",
        "a/#",
        "$SYS/#",
        "ă/ô",
        "$share/g/a",
        "$share/g//",
        "$share/g/#",
        "$share/g h/+/x",
        "$shared/g",
        "$share"
      })
  void theseAreFilters(String text) {
    assertEquals(text, TopicFilter.parse(text).orElseThrow().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a#",
        "a/#/b",
        "#/a",
        "a+",
        "+a",
        "a/b+/c",
        "##",
        "++",
        "a\0b",
        "\uD800",
        "$share/g",
        "$share//a",
        "$share/g/",
        "$share/+/a",
        "$share/g#/a",
        "$share/g/a#"
      })
  void theseAreNone(String text) {
    assertEquals(Optional.empty(), TopicFilter.parse(text));
    assertThrows(IllegalArgumentException.class, () -> TopicFilter.of(text));
  }

  @Test
  void aSharedFilterHasItsGroupAndTheRest() {
    TopicFilter filter = TopicFilter.of("$share/pumps/levels/+");
    assertTrue(filter.isShared());
    assertEquals(Optional.of("pumps"), filter.shareName());
    assertEquals("levels/+", filter.filter());
    assertTrue(filter.hasWildcard());
    assertFalse(TopicFilter.of("levels/a").isShared());
    assertFalse(TopicFilter.of("levels/a").hasWildcard());
  }

  @Test
  void partsThatDoNotBelongTogetherMakeNoFilter() {
    assertThrows(
        IllegalArgumentException.class, () -> new TopicFilter("$share/g/a", Optional.of("h"), "a"));
    assertThrows(
        IllegalArgumentException.class, () -> new TopicFilter("a#", Optional.empty(), "a#"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/", "a/b", "$SYS/a", "levels/bvd-03", " ", "đường"})
  void theseAreTopics(String topic) {
    assertTrue(TopicName.isValid(topic));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/+", "#", "a#b", "a\0", "\uDC00a"})
  void theseAreNoTopics(String topic) {
    assertFalse(TopicName.isValid(topic));
    assertThrows(IllegalArgumentException.class, () -> Message.of(topic, new byte[0], 0, false));
  }

  @Test
  void aTopicHasABound() {
    assertTrue(TopicName.isValid("x".repeat(TopicName.BYTES_MAX)));
    assertFalse(TopicName.isValid("x".repeat(TopicName.BYTES_MAX + 1)));
    assertTrue(TopicName.isValid("ô".repeat(TopicName.BYTES_MAX / 2)));
    assertFalse(TopicName.isValid("ô".repeat(TopicName.BYTES_MAX / 2 + 1)));
    assertTrue(TopicName.isValid("/".repeat(TopicName.LEVELS_MAX - 1)));
    assertFalse(TopicName.isValid("/".repeat(TopicName.LEVELS_MAX)));
  }

  @Test
  void levelsAreCounted() {
    assertEquals(1, TopicName.levels("a"));
    assertEquals(3, TopicName.levels("a//"));
  }
}
