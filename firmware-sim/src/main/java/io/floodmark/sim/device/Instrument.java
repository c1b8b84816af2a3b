package io.floodmark.sim.device;

import io.floodmark.sim.reading.Field;
import io.floodmark.sim.reading.SensorReading;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/**
 * The measuring end of a device: truth in, a reading with noise, a wrong clock and signs of health
 * out. Its numbers follow common hardware: 2 mm of noise on a median of ultrasonic shots, a cell of
 * 3.7 V nominal charged by a small panel. Not thread-safe.
 */
final class Instrument {
  private static final double NOISE_MM = 2;

  /** A tipping bucket counts in tips. */
  private static final double TIP_MM = 0.2;

  /** The sun over the wards that this was made for. */
  private static final ZoneOffset SUN = ZoneOffset.ofHours(7);

  private final SensorSpec spec;
  private final Place place;
  private final FloodScenario scenario;
  private final RandomGenerator random;
  private final DriftingClock clock;
  private final double rssiDbm;
  private final double cellMv;
  private double rainReportedMm;
  private long seq;

  Instrument(
      SensorSpec spec, Place place, FloodScenario scenario, Instant start, RandomGenerator random) {
    this.spec = spec;
    this.place = place;
    this.scenario = scenario;
    this.random = random;
    this.clock = new DriftingClock(start, random);
    this.rssiDbm = random.nextDouble(-98, -62);
    this.cellMv = random.nextDouble(3_780, 3_900);
  }

  /**
   * What one measurement gave.
   *
   * @param wet whether the device itself sees water or rain
   */
  record Measurement(SensorReading reading, boolean wet) {}

  /** Measures now, at that time of the scenario. */
  Measurement measure(Instant now, Duration scenarioTime, int wetFromMm) {
    seq++;
    double sun = sunshine(now);
    double airC = 26 + 7 * sun + 0.3 * random.nextGaussian();
    SensorReading common =
        SensorReading.empty()
            .with(Field.TS, clock.stampMillis(now))
            .with(Field.BATTERY_MV, cellMv + 180 * sun + 4 * random.nextGaussian())
            .with(Field.RSSI_DBM, rssiDbm + 2 * random.nextGaussian())
            .with(Field.TEMPERATURE_C, tenths(airC))
            .with(Field.HOUSING_C, tenths(airC + 2 + 9 * sun))
            .with(Field.SEQ, seq);
    return switch (spec.kind()) {
      case DISTANCE -> {
        long depthMm = Math.round(noisyDepthMm(scenarioTime));
        yield new Measurement(
            common.with(Field.DISTANCE_MM, spec.mountHeightMm() - depthMm), depthMm >= wetFromMm);
      }
      case DEPTH -> {
        // A pressure gauge in air is zeroed by its firmware.
        long depthMm = Math.max(0, Math.round(noisyDepthMm(scenarioTime)));
        yield new Measurement(common.with(Field.DEPTH_MM, depthMm), depthMm >= wetFromMm);
      }
      case RAIN -> {
        double rainMm = tips(scenario.rainTotalMm(scenarioTime) - rainReportedMm);
        rainReportedMm += rainMm;
        yield new Measurement(common.with(Field.RAIN_MM, tenths(rainMm)), rainMm > 0);
      }
    };
  }

  private double noisyDepthMm(Duration scenarioTime) {
    return scenario.depthMm(scenarioTime, place) + NOISE_MM * random.nextGaussian();
  }

  private static double tips(double rainMm) {
    return Math.floor(Math.max(0, rainMm) / TIP_MM + 1e-9) * TIP_MM;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** 0 from dusk to dawn, 1 at local noon. */
  private static double sunshine(Instant now) {
    double hour = now.atOffset(SUN).toLocalTime().toSecondOfDay() / 3_600.0;
    return Math.max(0, Math.sin((hour - 6) / 12 * Math.PI));
  }
}
