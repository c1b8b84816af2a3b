package io.floodmark.sim.device;

import io.floodmark.sim.reading.Field;
import io.floodmark.sim.reading.SensorReading;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import io.floodmark.sim.street.Sight;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * The measuring end of a device: truth in, a reading with noise, a wrong clock and signs of health
 * out. Its numbers follow common hardware: a median of ultrasonic shots that scatters by
 * millimetres, a tipping bucket, a cell charged by a small panel. Not thread-safe.
 */
final class Instrument {
  /** An ultrasonic sensor reports no less than this, however near the surface. */
  private static final int BLIND_MM = 300;

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
  private final Battery battery;
  private double rainReportedMm;
  private double rainFallenMm;
  private long seq;

  /**
   * @param clockDriftMax by how much too fast or slow its clock may be, as a share of the time
   */
  Instrument(
      SensorSpec spec,
      Place place,
      FloodScenario scenario,
      Instant start,
      double clockDriftMax,
      RandomGenerator random) {
    this.spec = spec;
    this.place = place;
    this.scenario = scenario;
    this.random = random;
    this.clock = new DriftingClock(start, clockDriftMax, random);
    this.rssiDbm = random.nextDouble(-98, -62);
    this.battery = new Battery(random);
  }

  /**
   * What one measurement gave.
   *
   * @param wet whether the device itself sees water or rain
   * @param sight what was truly there
   * @param fallenMm rain that truly fell since the measurement before
   */
  record Measurement(SensorReading reading, boolean wet, Sight sight, double fallenMm) {}

  Battery battery() {
    return battery;
  }

  /** Measures now, at that time of the scenario. */
  Measurement measure(Instant now, Duration scenarioTime, int wetFromMm) {
    seq++;
    double sun = sunshine(now);
    double usualC = 26 + 7 * sun;
    Sight sight = scenario.sight(scenarioTime, place);
    double scatterC = 0.3 * random.nextGaussian();
    SensorReading common =
        SensorReading.empty()
            .with(Field.TS, clock.stampMillis(now))
            .with(Field.BATTERY_MV, battery.mv(now, sun))
            .with(Field.RSSI_DBM, rssiDbm + 2 * random.nextGaussian())
            .with(Field.HOUSING_C, tenths(usualC + scatterC + 2 + 9 * sun))
            .with(Field.SEQ, seq);
    OptionalDouble thermometerC = scenario.thermometerC(sight, place, usualC);
    if (thermometerC.isPresent()) {
      common = common.with(Field.TEMPERATURE_C, tenths(thermometerC.getAsDouble() + scatterC));
    }
    double noiseMm = scenario.noiseMm() * random.nextGaussian();
    double fallenMm = scenario.rainTotalMm(scenarioTime, place);
    double freshMm = fallenMm - rainFallenMm;
    rainFallenMm = fallenMm;
    return switch (spec.kind()) {
      case DISTANCE -> {
        int distanceMm = distanceMm(sight, noiseMm);
        boolean wet = sight.errorMm().isEmpty() && spec.mountHeightMm() - distanceMm >= wetFromMm;
        yield new Measurement(common.with(Field.DISTANCE_MM, distanceMm), wet, sight, freshMm);
      }
      case DEPTH -> {
        // A pressure gauge in air is zeroed by its firmware. It feels water and nothing else.
        long depthMm = Math.max(0, Math.round(sight.depthMm() + noiseMm));
        Sight felt = sight.waterAlone();
        yield new Measurement(
            common.with(Field.DEPTH_MM, depthMm), depthMm >= wetFromMm, felt, freshMm);
      }
      case RAIN -> {
        double rainMm = tips(fallenMm - rainReportedMm);
        rainReportedMm += rainMm;
        yield new Measurement(
            common.with(Field.RAIN_MM, tenths(rainMm)), rainMm > 0, sight, freshMm);
      }
    };
  }

  private int distanceMm(Sight sight, double noiseMm) {
    if (sight.errorMm().isPresent()) {
      return sight.errorMm().getAsInt();
    }
    int mountMm = spec.mountHeightMm();
    long measuredMm = Math.round(sight.echoMm(mountMm) + noiseMm);
    return (int) Math.max(Math.min(BLIND_MM, mountMm), measuredMm);
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
