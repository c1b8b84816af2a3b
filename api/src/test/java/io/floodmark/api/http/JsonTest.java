package io.floodmark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTest {
  @Test
  void aFullSecondStillHasThreeDigits() {
    assertEquals("2026-11-21T13:05:00.000Z", Json.time(Instant.parse("2026-11-21T13:05:00Z")));
  }

  @Property(seed = "4669")
  void aTimeHasTwentyFourCharactersAndReadsBack(
      @ForAll @LongRange(min = 0, max = 32_503_680_000_000L - 1) long epochMillis) {
    String text = Json.time(Instant.ofEpochMilli(epochMillis));
    assertEquals(24, text.length());
    assertEquals(epochMillis, Instant.parse(text).toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({"6.4999, 6.5", "-0.04, 0.0", "31.200000762939453, 31.2", "-2.25, -2.2"})
  void aDecimalIsRounded(double number, String written) {
    assertEquals("{\"x\":" + written + "}", decimal(OptionalDouble.of(number)));
  }

  @Test
  void whatJsonHasNoWordForIsNull() {
    assertEquals("{\"x\":null}", decimal(OptionalDouble.of(Double.NaN)));
    assertEquals("{\"x\":null}", decimal(OptionalDouble.empty()));
  }

  private static String decimal(OptionalDouble number) {
    byte[] bytes =
        Json.bytes(
            json -> {
              json.writeStartObject();
              Json.writeDecimal(json, "x", number, 1);
              json.writeEndObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
