package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.sensor.SensorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {
  private final Rights reader = Rights.ofReader();
  private final Rights.OfSensor sensor = Rights.ofSensor(new SensorCode("a"));

  @ParameterizedTest
  @ValueSource(
      strings = {"levels/#", "levels/+", "levels/bvd-03", "alerts/#", "alerts/+", "alerts/x_1"})
  void aReaderFollowsLevelsAndAlerts(String filter) {
    assertTrue(reader.maySubscribe(filter));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "+",
        "+/+",
        "+/a",
        "levels",
        "levels/",
        "levels/a/b",
        "levels/a/#",
        "levels/+/#",
        "levels/a+",
        "levels/#/a",
        "/levels/a",
        "Levels/a",
        "sensors/a/status",
        "sensors/a/readings",
        "sensors/#",
        "$SYS/#",
        "$share/g/levels/#"
      })
  void aReaderFollowsNothingElse(String filter) {
    assertFalse(reader.maySubscribe(filter));
  }

  @Test
  void aSensorFollowsItselfOnly() {
    assertTrue(sensor.maySubscribe("levels/a"));
    assertTrue(sensor.maySubscribe("sensors/a/config"));
    assertFalse(sensor.maySubscribe("levels/b"));
    assertFalse(sensor.maySubscribe("levels/#"));
    assertFalse(sensor.maySubscribe("alerts/+"));
  }

  @Test
  void aSensorPublishesItsReadingsAndItsStatus() {
    assertEquals(Optional.of(Rights.Content.READINGS), sensor.publish("sensors/a/readings"));
    assertEquals(Optional.of(Rights.Content.STATUS), sensor.publish("sensors/a/status"));
    assertEquals(Optional.empty(), sensor.publish("sensors/b/readings"));
    assertEquals(Optional.empty(), sensor.publish("levels/a"));
  }
}
