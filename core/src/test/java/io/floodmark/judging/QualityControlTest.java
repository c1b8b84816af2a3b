package io.floodmark.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.reading.Reading;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QualityControlTest {
  @Test
  void aDepthBetweenTheGroundAndTheSensorIsGood() {
    QualityControl.Judgement judgement = judgeDistance(2358);
    assertEquals(OptionalInt.of(142), judgement.depthMm());
    assertEquals(OptionalInt.of(322), judgement.lowPointDepthMm());
    assertEquals(Set.of(), judgement.reasons());
  }

  @Test
  void aDepthBelowTheGroundIsBadAndKept() {
    QualityControl.Judgement judgement = judgeDistance(5000);
    assertEquals(OptionalInt.of(-2500), judgement.depthMm());
    assertEquals(Set.of(QualityReason.OUT_OF_RANGE), judgement.reasons());
  }

  @Test
  void aDistanceOfZeroIsAFaultAndNoFlood() {
    QualityControl.Judgement judgement = judgeDistance(0);
    assertEquals(Set.of(QualityReason.OUT_OF_RANGE), judgement.reasons());
    assertEquals(OptionalInt.empty(), judgement.lowPointDepthMm());
  }

  @Test
  void aDistanceThatLeadsToNoDepthIsBad() {
    assertEquals(Set.of(QualityReason.OUT_OF_RANGE), judgeDistance(Integer.MIN_VALUE).reasons());
  }

  @Test
  void aSensorThatComputesDepthIsBelieved() {
    QualityControl.Judgement judgement =
        QualityControl.judge(sensor(SensorKind.DEPTH), reading(null, 142, null));
    assertEquals(OptionalInt.of(142), judgement.depthMm());
    assertEquals(Set.of(), judgement.reasons());
  }

  @Test
  void aRainGaugeHasNoDepth() {
    QualityControl.Judgement judgement =
        QualityControl.judge(sensor(SensorKind.RAIN), reading(null, null, 0.2));
    assertEquals(OptionalInt.empty(), judgement.depthMm());
    assertEquals(Set.of(), judgement.reasons());
  }

  @Test
  void negativeRainIsBadAndADistanceSensorThatSendsRainHasMeasuredNothing() {
    assertEquals(
        Set.of(QualityReason.OUT_OF_RANGE),
        QualityControl.judge(sensor(SensorKind.RAIN), reading(null, null, -1.0)).reasons());
    assertEquals(
        Set.of(QualityReason.NO_MEASUREMENT),
        QualityControl.judge(sensor(SensorKind.DISTANCE), reading(null, null, 1.0)).reasons());
  }

  @Test
  void theGravestReasonGivesTheFlag() {
    assertEquals(QualityFlag.GOOD, QualityControl.flagOf(Set.of()));
    assertEquals(QualityFlag.SUSPECT, QualityControl.flagOf(Set.of(QualityReason.CLOCK)));
    assertEquals(
        QualityFlag.BAD,
        QualityControl.flagOf(EnumSet.of(QualityReason.CLOCK, QualityReason.OUT_OF_RANGE)));
  }

  @Test
  void reasonsAreStoredAsBitsThatNeverChange() {
    assertEquals(
        5, QualityReason.toBits(EnumSet.of(QualityReason.CLOCK, QualityReason.NO_MEASUREMENT)));
    assertEquals(2, QualityReason.toBits(EnumSet.of(QualityReason.OUT_OF_RANGE)));
  }

  @Test
  void aDepthThatNoStreetHoldsIsBadAlsoWithoutAMountHeight() {
    Sensor gauge = sensor(SensorKind.DEPTH, OptionalInt.empty());
    assertEquals(Set.of(), QualityControl.judge(gauge, reading(null, 20_000, null)).reasons());
    assertEquals(
        Set.of(QualityReason.OUT_OF_RANGE),
        QualityControl.judge(gauge, reading(null, 65_535, null)).reasons());
    assertEquals(
        Set.of(QualityReason.OUT_OF_RANGE),
        QualityControl.judge(gauge, reading(null, Integer.MAX_VALUE, null)).reasons());
  }

  private static QualityControl.Judgement judgeDistance(int distanceMm) {
    return QualityControl.judge(sensor(SensorKind.DISTANCE), reading(distanceMm, null, null));
  }

  private static Sensor sensor(SensorKind kind) {
    return sensor(kind, OptionalInt.of(2500));
  }

  private static Sensor sensor(SensorKind kind, OptionalInt mountHeightMm) {
    return new Sensor(
        1,
        new SensorCode("bvd-03"),
        kind,
        new Calibration(mountHeightMm, 25, 180),
        new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY),
        Duration.ofMinutes(1));
  }

  private static Reading reading(Integer distanceMm, Integer depthMm, Double rainMm) {
    return new Reading(
        OptionalLong.empty(),
        distanceMm == null ? OptionalInt.empty() : OptionalInt.of(distanceMm),
        depthMm == null ? OptionalInt.empty() : OptionalInt.of(depthMm),
        rainMm == null ? OptionalDouble.empty() : OptionalDouble.of(rainMm),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }
}
