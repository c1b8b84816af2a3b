package io.floodmark.judging;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.reading.Reading;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Judges one reading as it comes in. Pure.
 *
 * <p>First version: a depth between zero and the mount height, or 20 m where there is none, is
 * good.
 */
public final class QualityControl {
  /** No street is deeper under water; what a pressure gauge says beyond that is an error code. */
  private static final int DEEPEST_STREET_MM = 20_000;

  private QualityControl() {}

  /**
   * What there is to say of a reading's measurement, its time aside.
   *
   * @param depthMm depth at the sensor, noise taken off; empty where none follows from the reading
   * @param lowPointDepthMm depth at the street's low point; empty where unknown
   * @param reasons why it is other than good; empty for good
   */
  public record Judgement(
      OptionalInt depthMm, OptionalInt lowPointDepthMm, Set<QualityReason> reasons) {
    /** Copies the reasons. */
    public Judgement {
      reasons = Set.copyOf(reasons);
    }
  }

  /** Judges {@code reading} of {@code sensor}. */
  public static Judgement judge(Sensor sensor, Reading reading) {
    return switch (sensor.kind()) {
      case RAIN -> judgeRain(reading);
      case DISTANCE ->
          judgeDepth(sensor.calibration(), ofDistance(sensor.calibration(), reading), reading);
      case DEPTH ->
          judgeDepth(sensor.calibration(), ofDepth(sensor.calibration(), reading), reading);
    };
  }

  /** The flag of a set of reasons: the gravest. */
  public static QualityFlag flagOf(Set<QualityReason> reasons) {
    QualityFlag worst = QualityFlag.GOOD;
    for (QualityReason reason : reasons) {
      worst = reason.flag().code() > worst.code() ? reason.flag() : worst;
    }
    return worst;
  }

  private static Judgement judgeRain(Reading reading) {
    if (reading.rainMm().isEmpty()) {
      return new Judgement(
          OptionalInt.empty(), OptionalInt.empty(), EnumSet.of(QualityReason.NO_MEASUREMENT));
    }
    return new Judgement(
        OptionalInt.empty(),
        OptionalInt.empty(),
        reading.rainMm().getAsDouble() < 0 ? EnumSet.of(QualityReason.OUT_OF_RANGE) : Set.of());
  }

  private static Judgement judgeDepth(
      Calibration calibration, OptionalInt depthMm, Reading reading) {
    if (depthMm.isEmpty()) {
      boolean measured = reading.distanceMm().isPresent() || reading.depthMm().isPresent();
      return new Judgement(
          depthMm,
          OptionalInt.empty(),
          EnumSet.of(measured ? QualityReason.OUT_OF_RANGE : QualityReason.NO_MEASUREMENT));
    }
    int depth = depthMm.getAsInt();
    // Water that touches the sensor leaves no distance to measure: 0 is a fault, not a flood.
    int below = calibration.mountHeightMm().orElse(DEEPEST_STREET_MM + 1);
    boolean inRange = depth >= 0 && depth < below;
    return new Judgement(
        depthMm,
        inRange ? calibration.lowPointDepth(depth) : OptionalInt.empty(),
        inRange ? Set.of() : EnumSet.of(QualityReason.OUT_OF_RANGE));
  }

  private static OptionalInt ofDistance(Calibration calibration, Reading reading) {
    return reading.distanceMm().isPresent()
        ? calibration.depthOfDistance(reading.distanceMm().getAsInt())
        : ofDepth(calibration, reading);
  }

  private static OptionalInt ofDepth(Calibration calibration, Reading reading) {
    if (reading.depthMm().isPresent()) {
      return OptionalInt.of(calibration.withoutNoise(reading.depthMm().getAsInt()));
    }
    return reading.distanceMm().isPresent()
        ? calibration.depthOfDistance(reading.distanceMm().getAsInt())
        : OptionalInt.empty();
  }
}
