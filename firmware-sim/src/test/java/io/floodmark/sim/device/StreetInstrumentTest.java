package io.floodmark.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.sim.reading.Field;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import io.floodmark.sim.street.Cause;
import io.floodmark.sim.street.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Devices in the street: what is measured, and the truth beside it. */
class StreetInstrumentTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-05-31T17:00:00Z");
  private static final int MINUTES = 30 * 1_440;
  private static final FloodScenario STREET = FloodScenario.named("street", 4669, 4, MIDNIGHT);

  @Test
  void anUltrasonicSensorMeasuresWhateverIsNearest() {
    Instrument instrument = instrument(SensorKind.DISTANCE, 1);
    Set<Cause> seen = EnumSet.noneOf(Cause.class);
    double worstMm = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      Instrument.Measurement measured = at(instrument, minute);
      Sight sight = measured.sight();
      double distanceMm = value(measured, Field.DISTANCE_MM);
      seen.add(sight.cause());
      if (sight.errorMm().isPresent()) {
        assertEquals(sight.errorMm().getAsInt(), distanceMm);
        assertFalse(measured.wet(), "an error is no water");
      } else {
        worstMm = Math.max(worstMm, Math.abs(distanceMm - sight.echoMm(2_500)));
      }
    }
    assertEquals(EnumSet.allOf(Cause.class), seen);
    assertTrue(worstMm > 8 && worstMm < 25, "noise of up to " + worstMm + " mm");
  }

  @Test
  void aPressureGaugeFeelsWaterAlone() {
    Instrument instrument = instrument(SensorKind.DEPTH, 2);
    for (int minute = 0; minute < MINUTES; minute++) {
      Instrument.Measurement measured = at(instrument, minute);
      assertEquals(measured.sight().depthMm(), value(measured, Field.DEPTH_MM), 25);
      assertTrue(EnumSet.of(Cause.FLOOD, Cause.GROUND).contains(measured.sight().cause()));
    }
  }

  @Test
  void aRainGaugeCountsAllTheRainOfTheStorms() {
    Instrument instrument = instrument(SensorKind.RAIN, 3);
    double countedMm = 0;
    double fallenMm = 0;
    for (int minute = 0; minute <= MINUTES; minute++) {
      Instrument.Measurement measured = at(instrument, minute);
      countedMm += value(measured, Field.RAIN_MM);
      fallenMm += measured.fallenMm();
    }
    assertEquals(STREET.rainTotalMm(Duration.ofMinutes(MINUTES)), fallenMm, 1e-6);
    assertEquals(fallenMm, countedMm, 0.2 + 1e-6);
    assertTrue(countedMm > 100, countedMm + " mm in thirty days");
  }

  @Test
  void oneWithoutAThermometerSendsNoTemperature() {
    assertFalse(
        at(instrument(SensorKind.DISTANCE, 1), 0).reading().find(Field.TEMPERATURE_C).isPresent());
    assertEquals(25, value(at(instrument(SensorKind.DISTANCE, 2), 0), Field.TEMPERATURE_C), 2);
  }

  private static double value(Instrument.Measurement measured, Field field) {
    return measured.reading().find(field).orElseThrow().doubleValue();
  }

  private static Instrument instrument(SensorKind kind, int ordinal) {
    return new Instrument(
        new SensorSpec("s-1", "token", kind, 2_500, 0, Duration.ofSeconds(60)),
        new Place(ordinal, 0, 2_200),
        STREET,
        MIDNIGHT,
        40e-6,
        new SplittableRandom(7));
  }

  private static Instrument.Measurement at(Instrument instrument, int minute) {
    Duration at = Duration.ofMinutes(minute);
    return instrument.measure(MIDNIGHT.plus(at), at, 20);
  }
}
