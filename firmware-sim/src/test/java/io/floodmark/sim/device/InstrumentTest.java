package io.floodmark.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.sim.reading.Field;
import io.floodmark.sim.reading.JsonReadings;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InstrumentTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Place PLACE = new Place(0, 0, 2_200);

  private static Instrument instrument(SensorKind kind, String scenario, long seed) {
    return new Instrument(
        new SensorSpec("s-1", "token", kind, 2_500, 0, Duration.ofSeconds(60)),
        PLACE,
        FloodScenario.named(scenario, 1, 5, START),
        START,
        40e-6,
        new SplittableRandom(seed));
  }

  private static Instrument.Measurement at(Instrument instrument, int second) {
    return instrument.measure(START.plusSeconds(second), Duration.ofSeconds(second), 20);
  }

  @Test
  void anUltrasonicSensorSendsTheDistanceDownToTheWater() {
    double depthMm = FloodScenario.named("steady", 1, 5, START).depthMm(Duration.ZERO, PLACE);
    Instrument.Measurement wet = at(instrument(SensorKind.DISTANCE, "steady", 7), 0);
    double distanceMm = wet.reading().find(Field.DISTANCE_MM).orElseThrow().doubleValue();
    assertEquals(2_500 - depthMm, distanceMm, 15);
    assertTrue(wet.wet());
    assertFalse(wet.reading().find(Field.DEPTH_MM).isPresent());
    assertFalse(at(instrument(SensorKind.DISTANCE, "dry", 7), 0).wet());
  }

  @Test
  void aPressureGaugeSendsADepthThatIsNeverNegative() {
    Instrument dry = instrument(SensorKind.DEPTH, "dry", 7);
    for (int second = 0; second < 100; second++) {
      double depthMm = at(dry, second).reading().find(Field.DEPTH_MM).orElseThrow().doubleValue();
      assertTrue(depthMm >= 0 && depthMm < 20, "depth " + depthMm);
    }
  }

  @Test
  void aRainGaugeLosesNoRainBetweenItsReadings() {
    Instrument gauge = instrument(SensorKind.RAIN, "rain-storm", 7);
    double rainMm = 0;
    int wet = 0;
    for (int second = 0; second <= 14 * 60; second += 7) {
      Instrument.Measurement measurement = at(gauge, second);
      rainMm += measurement.reading().find(Field.RAIN_MM).orElseThrow().doubleValue();
      wet += measurement.wet() ? 1 : 0;
    }
    assertEquals(12, rainMm, 0.2);
    assertTrue(wet > 20, wet + " readings with rain");
  }

  @Test
  void readingsCarryTheHealthOfTheDevice() {
    var reading = at(instrument(SensorKind.DISTANCE, "dry", 7), 0).reading();
    for (Field field :
        List.of(
            Field.TS,
            Field.BATTERY_MV,
            Field.RSSI_DBM,
            Field.TEMPERATURE_C,
            Field.HOUSING_C,
            Field.SEQ)) {
      assertTrue(reading.find(field).isPresent(), field.key());
    }
    double batteryMv = reading.find(Field.BATTERY_MV).orElseThrow().doubleValue();
    assertTrue(batteryMv > 3_300 && batteryMv < 4_300, "battery " + batteryMv);
  }

  @Test
  void theSameSeedMeasuresTheSameAndAnotherDoesNot() {
    assertEquals(firstReadings(7), firstReadings(7));
    assertFalse(firstReadings(7).equals(firstReadings(8)));
  }

  private static List<String> firstReadings(long seed) {
    Instrument instrument = instrument(SensorKind.DISTANCE, "rain-storm", seed);
    List<String> readings = new ArrayList<>();
    for (int second = 0; second < 10; second++) {
      readings.add(JsonReadings.encode(at(instrument, second).reading()));
    }
    return readings;
  }

  @Test
  void firmwareHurriesOnlyWhereThatIsFaster() {
    Firmware firmware = Firmware.DEFAULT;
    assertEquals(Duration.ofSeconds(60), firmware.nextInterval(Duration.ofSeconds(60), false));
    assertEquals(Duration.ofSeconds(10), firmware.nextInterval(Duration.ofSeconds(60), true));
    assertEquals(Duration.ofSeconds(5), firmware.nextInterval(Duration.ofSeconds(5), true));
  }
}
