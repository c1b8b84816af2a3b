package io.floodmark.api.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"abc\"", "W/\"abc\"", "\"x\", W/\"abc\"", "\"a,b\",\"abc-gz\"", " * "})
  void aKnownTagMatches(String header) {
    assertTrue(EntityTag.isAmong(header, "\"abc\"", "\"abc-gz\""));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "abc", "\"ab\"", "\"abc-gzip\"", "\"xabc\"", "\"*\""})
  void anotherTagDoesNot(String header) {
    assertFalse(EntityTag.isAmong(header, "\"abc\"", "\"abc-gz\""));
  }
}
