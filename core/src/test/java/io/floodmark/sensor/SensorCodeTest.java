package io.floodmark.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorCodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "bvd-03", "7_x", "A234567890123456789012345678901Z"})
  void lettersDigitsUnderscoreAndHyphenMakeACode(String text) {
    assertEquals(text, new SensorCode(text).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-a", "_a", "a b", "a/b", "a+", "ngã", "A234567890123456789012345678901ZZ"})
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new SensorCode(text));
  }
}
