package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MqttLimitsTest {
  @Test
  void aLimitOutOfItsRangeIsNamed() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> MqttLimits.DEFAULT.withPayloadBytesMax(0));

    assertEquals("payloadBytesMax must be 1 to 16777216: 0", refused.getMessage());
  }

  @Test
  void thePayloadIsAllThatChanges() {
    assertEquals(
        MqttLimits.DEFAULT,
        MqttLimits.DEFAULT
            .withPayloadBytesMax(1)
            .withPayloadBytesMax(MqttLimits.DEFAULT.payloadBytesMax()));
    assertEquals(7, MqttLimits.DEFAULT.withPayloadBytesMax(7).payloadBytesMax());
  }

  @Test
  void aPortIsAPort() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new MqttConfig("127.0.0.1", 65_536, MqttLimits.DEFAULT));
    assertThrows(IllegalArgumentException.class, () -> new MqttConfig(" ", 0, MqttLimits.DEFAULT));
    assertEquals(
        OptionalInt.of(65_535), new MqttConfig("127.0.0.1", 65_535, MqttLimits.DEFAULT).port());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new MqttConfig(
                "127.0.0.1", OptionalInt.empty(), Optional.empty(), MqttLimits.DEFAULT, false));
  }
}
