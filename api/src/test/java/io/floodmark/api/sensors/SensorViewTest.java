package io.floodmark.api.sensors;

import static io.floodmark.api.sensors.SensorViews.sensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SensorViewTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final SensorViews HEARD = sensor(1, "a").heard(NOON, 142, 3);

  @Test
  void aSensorOfWhichNothingCameIsNew() {
    assertEquals(SensorState.NEW, stateAt(sensor(1, "a"), NOON));
  }

  @Test
  void aSensorIsLiveForFiveMinutes() {
    assertEquals(SensorState.LIVE, stateAt(HEARD, NOON.plus(Duration.ofMinutes(5))));
  }

  @Test
  void andSilentAfterwards() {
    Instant later = NOON.plus(Duration.ofMinutes(5)).plus(MILLI);
    assertEquals(SensorState.SILENT, stateAt(HEARD, later));
    assertEquals(Optional.of(NOON), HEARD.view().stateSince(SensorState.SILENT));
  }

  @Test
  void aSensorThatReportsRarelyIsSilentAfterThreeIntervals() {
    SensorViews hourly = HEARD.every(Duration.ofHours(1));
    assertEquals(SensorState.LIVE, stateAt(hourly, NOON.plus(Duration.ofHours(3))));
    assertEquals(SensorState.SILENT, stateAt(hourly, NOON.plus(Duration.ofHours(3)).plus(MILLI)));
  }

  @Test
  void aSlowClockDoesNotMakeASensorSilent() {
    SensorViews slow = sensor(1, "a").heard(NOON.minus(Duration.ofMinutes(9)), NOON, 142, 3, 1);
    assertEquals(SensorState.LIVE, stateAt(slow, NOON));
  }

  @Test
  void storedReadingsAloneSayNothingOfNow() {
    assertEquals(SensorState.SILENT, stateAt(sensor(1, "a").arrived(NOON), NOON));
    assertEquals(
        SensorState.SILENT,
        stateAt(HEARD.arrived(NOON.plusSeconds(3_600)), NOON.plusSeconds(3_600)));
  }

  @Test
  void aWillIsTheLastWord() {
    SensorViews gone = HEARD.offline(NOON.plusSeconds(1));
    assertEquals(SensorState.OFFLINE, stateAt(gone, NOON.plusSeconds(2)));
    assertEquals(Optional.of(NOON.plusSeconds(1)), gone.view().stateSince(SensorState.OFFLINE));
  }

  @Test
  void unlessSomethingCameAfterIt() {
    SensorViews back = HEARD.offline(NOON.minusSeconds(1));
    assertEquals(SensorState.LIVE, stateAt(back, NOON));
  }

  @Test
  void aRetiredSensorIsNothingElse() {
    assertEquals(
        SensorState.RETIRED, stateAt(HEARD.offline(NOON).retired(NOON), NOON.plusSeconds(1)));
  }

  @Test
  void aLiveSensorHasItsLevel() {
    assertEquals(OptionalInt.of(3), HEARD.view().levelIn(SensorState.LIVE));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 9})
  void aBadOrMissingReadingHasNone(int qc) {
    SensorViews bad = sensor(1, "a").heard(NOON, NOON, 142, 3, qc);
    assertEquals(OptionalInt.empty(), bad.view().levelIn(SensorState.LIVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEW", "SILENT", "OFFLINE", "RETIRED"})
  void norHasASensorThatIsNotLive(String state) {
    assertEquals(OptionalInt.empty(), HEARD.view().levelIn(SensorState.valueOf(state)));
  }

  private static SensorState stateAt(SensorViews sensor, Instant now) {
    return sensor.view().stateAt(now);
  }
}
