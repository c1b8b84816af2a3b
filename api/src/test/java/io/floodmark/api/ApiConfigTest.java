package io.floodmark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ApiConfigTest {
  @Test
  void theUsualLimitsAreWithinTheirRanges() {
    assertEquals(OptionalInt.of(0), ApiConfig.of("127.0.0.1", 0, ZoneOffset.UTC).port());
  }

  @Test
  void aPortBeyondTheLastIsRefusedByName() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ApiConfig.of("127.0.0.1", 65_536, ZoneOffset.UTC));
    assertTrue(refused.getMessage().contains("65536"), refused.getMessage());
  }

  @Test
  void aServerWithoutAnyPortIsRefused() {
    ApiConfig plain = ApiConfig.of("127.0.0.1", 0, ZoneOffset.UTC);
    assertThrows(
        IllegalArgumentException.class,
        () -> plain.withPorts(OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void aHeartbeatTooRareForTheIdleTimeoutIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ApiLimits(2, 0, 1, Duration.ofSeconds(15), Duration.ofSeconds(29)));
  }
}
