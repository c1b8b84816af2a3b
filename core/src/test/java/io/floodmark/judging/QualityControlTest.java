package io.floodmark.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.judging.Surroundings.Neighbours;
import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.QualitySettingsJson;
import io.floodmark.quality.QualityTest;
import io.floodmark.sensor.DeviceRange;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorKind;
import io.floodmark.surface.Backing;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QualityControlTest {
  private final Series series = new Series(Series.sensor(SensorKind.DISTANCE));

  @Test
  void aDepthBetweenTheGroundAndTheSensorIsGood() {
    Judgement judgement = series.distance(2_358);
    assertEquals(OptionalInt.of(142), judgement.depthMm());
    assertEquals(OptionalInt.of(322), judgement.lowPointDepthMm());
    assertEquals(Set.of(), judgement.reasons());
    assertEquals(QualityFlag.GOOD, judgement.flag());
    assertTrue(judgement.goodForAlerts());
  }

  @Test
  void aDepthFarBelowTheGroundIsBadAndKept() {
    Judgement judgement = series.distance(4_000);
    assertEquals(OptionalInt.of(-1_500), judgement.depthMm());
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, judgement);
    assertEquals(OptionalInt.empty(), judgement.lowPointDepthMm());
  }

  @Test
  void aDepthSlightlyBelowTheGroundSpeaksAgainstTheMountHeight() {
    doubted(QualityFlag.SUSPECT, QualityReason.BELOW_GROUND, series.distance(2_600));
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, series.distance(2_601));
    assertEquals(Set.of(), series.distance(2_524).reasons());
  }

  @Test
  void aDistanceThatLeadsToNoDepthIsBad() {
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, series.distance(Integer.MIN_VALUE));
  }

  @Test
  void numbersThatStandForErrorsAreBadWithAReasonOfTheirOwn() {
    for (int code : new int[] {0, 5_000, 10_000}) {
      doubted(QualityFlag.BAD, QualityReason.ERROR_CODE, series.distance(code));
    }
    assertEquals(Set.of(QualityReason.OUT_OF_RANGE), series.distance(4_999).reasons());
  }

  @Test
  void threeHundredStandsForAnErrorOnlyIfItStays() {
    assertEquals(QualityFlag.GOOD, series.distance(300).tests().of(QualityTest.ERROR_CODE));
    doubted(QualityFlag.BAD, QualityReason.ERROR_CODE, series.distance(300));
    doubted(QualityFlag.BAD, QualityReason.ERROR_CODE, series.distance(300));
    assertEquals(QualityFlag.GOOD, series.distance(301).flag());
    assertEquals(QualityFlag.GOOD, series.distance(300).flag());
  }

  @Test
  void whatTheDeviceCannotMeasureIsBad() {
    Sensor sensor = Series.sensor(SensorKind.DISTANCE);
    Series narrow =
        new Series(
            Series.with(sensor, new DeviceRange(OptionalInt.of(310), OptionalInt.of(2_450)), "{}"));
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, narrow.distance(309));
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, narrow.distance(2_451));
    assertEquals(QualityFlag.GOOD, narrow.distance(2_450).flag());
  }

  @Test
  void aSensorThatComputesDepthIsBelieved() {
    Series depths = new Series(Series.sensor(SensorKind.DEPTH));
    Judgement judgement = depths.depth(142);
    assertEquals(OptionalInt.of(142), judgement.depthMm());
    assertTrue(judgement.goodForAlerts());
  }

  @Test
  void aDepthThatNoStreetHoldsIsBadAlsoWithoutAMountHeight() {
    Series depths = new Series(Series.sensor(SensorKind.DEPTH, OptionalInt.empty()));
    assertEquals(QualityFlag.GOOD, depths.depth(20_000).flag());
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, depths.depth(65_535));
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, depths.depth(Integer.MAX_VALUE));
  }

  @Test
  void aRainGaugeHasNoDepthAndRaisesNothing() {
    Series gauge = new Series(Series.sensor(SensorKind.RAIN));
    Judgement judgement = gauge.rain(0.2);
    assertEquals(OptionalInt.empty(), judgement.depthMm());
    assertEquals(QualityFlag.GOOD, judgement.flag());
    assertFalse(judgement.goodForAlerts());
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, gauge.rain(-1));
  }

  @Test
  void aDistanceSensorThatSendsRainHasMeasuredNothing() {
    doubted(QualityFlag.MISSING, QualityReason.NO_MEASUREMENT, series.rain(1));
    assertEquals(QualityFlag.GOOD, series.distance(2_358).flag());
  }

  @Test
  void aClockThatIsAheadIsSuspectAndGoodForAlerts() {
    Judgement judgement = series.ahead(2_358);
    assertEquals(Set.of(QualityReason.CLOCK), judgement.reasons());
    assertEquals(QualityFlag.SUSPECT, judgement.flag());
    assertTrue(judgement.goodForAlerts());
  }

  @Test
  void aFastRiseIsOfHighInterestAndGoodForAlerts() {
    series.distance(2_500);
    Judgement judgement = series.distance(2_440);
    assertEquals(Set.of(QualityReason.FAST_CHANGE), judgement.reasons());
    assertEquals(QualityFlag.SUSPECT, judgement.flag());
    assertTrue(judgement.goodForAlerts());
    assertEquals(QualityFlag.GOOD, series.distance(2_390).flag());
  }

  @Test
  void whatMayBeNoiseIsNoFastChangeHoweverSoonItComes() {
    series.distance(2_400);
    series.pass(Duration.ofSeconds(1));
    assertEquals(QualityFlag.GOOD, rate(series.distance(2_375)));
    series.pass(Duration.ofSeconds(1));
    assertEquals(QualityFlag.SUSPECT, rate(series.distance(2_349)));
  }

  @Test
  void aFastRiseWhileNoRainFallsIsNotGoodForAlerts() {
    series.around = new Surroundings(OptionalDouble.of(0), Neighbours.NONE, Backing.NONE);
    series.distance(2_500);
    series.distance(2_400);
    Judgement judgement = series.distance(2_300);
    assertEquals(Set.of(QualityReason.FAST_CHANGE, QualityReason.NO_RAIN), judgement.reasons());
    assertFalse(judgement.goodForAlerts());
    assertTrue(series.distance(2_280).goodForAlerts());
    series.around = new Surroundings(OptionalDouble.of(12), Neighbours.NONE, Backing.NONE);
    series.distance(2_180);
    assertTrue(series.distance(2_090).goodForAlerts());
  }

  @Test
  void whatLeapsOverKnownGroundIsDoubtedAndSaidToHavePassedOrToStandThere() {
    for (int i = 0; i < 12; i++) {
      series.distance(2_500 - i % 3);
    }
    Instant leapt = series.now();
    doubted(QualityFlag.SUSPECT, QualityReason.LEAP, series.distance(2_200));
    series.distance(2_499);
    assertTrue(series.onEarlier.contains(new Verdict(leapt, QualityFlag.BAD, QualityReason.BLIP)));
    leapt = series.now();
    series.distance(2_200);
    series.distance(2_201);
    doubted(QualityFlag.BAD, QualityReason.PARKED_OBJECT, series.distance(2_199));
    assertTrue(
        series.onEarlier.contains(
            new Verdict(leapt, QualityFlag.BAD, QualityReason.PARKED_OBJECT)));
  }

  @Test
  void aSpikeIsToldWithTheReadingAfterIt() {
    series.distance(2_400);
    Instant spike = series.now();
    assertTrue(series.distance(2_100).goodForAlerts());
    assertEquals(List.of(), series.onEarlier);
    series.distance(2_398);
    assertEquals(
        List.of(new Verdict(spike, QualityFlag.BAD, QualityReason.SPIKE)), series.onEarlier);
    series.distance(2_399);
    assertEquals(List.of(), series.onEarlier);
  }

  @Test
  void aRiseThatGoesOnIsNoSpike() {
    for (int distance : new int[] {2_500, 2_400, 2_200, 2_000, 1_990}) {
      series.distance(distance);
      assertEquals(List.of(), series.onEarlier);
    }
  }

  @Test
  void aSensorThatHasNotMovedForHoursIsStuckAndAFloodThatStandsIsNot() {
    for (int i = 0; i < 360; i++) {
      assertEquals(QualityFlag.GOOD, series.distance(2_300).flag(), "after " + i + " minutes");
    }
    Judgement stuck = series.distance(2_300);
    doubted(QualityFlag.SUSPECT, QualityReason.STUCK, stuck);
    assertTrue(series.distance(2_299).goodForAlerts());
  }

  @Test
  void readingsThatComeFasterAsWaterRisesDoNotCountHoursInMinutes() {
    for (int i = 0; i < 2_000; i++) {
      series.pass(Duration.ofSeconds(10));
      assertEquals(QualityFlag.GOOD, series.distance(2_300).flag(), "after " + i);
    }
  }

  @Test
  void aSignalThatHardlyMovesInADayIsAttenuated() {
    Series hourly = new Series(Series.hourly());
    Judgement last = hourly.distance(2_300);
    for (int i = 0; i < 30; i++) {
      hourly.pass(Duration.ofHours(1));
      last = hourly.distance(i % 2 == 0 ? 2_300 : 2_301);
    }
    doubted(QualityFlag.SUSPECT, QualityReason.ATTENUATED, last);
    hourly.pass(Duration.ofHours(1));
    assertEquals(QualityFlag.GOOD, hourly.distance(2_302).flag());
  }

  @Test
  void aSensorFarDeeperThanAllAroundIsSuspect() {
    series.around = new Surroundings(OptionalDouble.empty(), new Neighbours(2, 40), Backing.NONE);
    doubted(QualityFlag.SUSPECT, QualityReason.NEIGHBOUR, series.distance(1_459));
    series.around = new Surroundings(OptionalDouble.empty(), new Neighbours(2, 41), Backing.NONE);
    assertEquals(QualityFlag.GOOD, series.distance(1_459).flag());
  }

  @Test
  void theSeasonDoubtsOnlyWhereSomebodySaysWhatIsUsual() {
    Sensor sensor = Series.sensor(SensorKind.DISTANCE);
    Series dry =
        new Series(
            Series.with(
                sensor,
                DeviceRange.UNKNOWN,
                "{\"climatology\":[{\"fromMonth\":1,\"toMonth\":12,\"minMm\":0,\"maxMm\":50}]}"));
    doubted(QualityFlag.SUSPECT, QualityReason.UNUSUAL, dry.distance(2_449));
    assertEquals(QualityFlag.GOOD, dry.distance(2_450).flag());
  }

  @Test
  void theFirstReadingAfterALongSilenceHasNothingBeforeItAndIsGood() {
    series.distance(2_400);
    series.pass(Duration.ofHours(3));
    Judgement judgement = series.distance(2_400);
    assertEquals(QualityFlag.NOT_EVALUATED, judgement.tests().of(QualityTest.GAP));
    assertTrue(judgement.goodForAlerts());
    assertEquals(QualityFlag.GOOD, series.distance(2_400).tests().of(QualityTest.GAP));
  }

  @Test
  void aLateReadingIsJudgedByItselfOnly() {
    Judgement judgement = series.alone(2_100);
    assertEquals(QualityFlag.GOOD, judgement.flag());
    assertEquals(QualityFlag.NOT_EVALUATED, judgement.tests().of(QualityTest.RATE_OF_CHANGE));
    doubted(QualityFlag.BAD, QualityReason.ERROR_CODE, series.alone(0));
    doubted(QualityFlag.MISSING, QualityReason.NO_MEASUREMENT, series.aloneRain());
  }

  @Test
  void aReadingThatIsNotLaterIsNoneForTheStreams() {
    series.distance(2_400);
    series.pass(Duration.ofMinutes(-1));
    assertThrows(IllegalArgumentException.class, () -> series.distance(2_400));
  }

  @Test
  void whatIsRememberedIsTheSameAfterItWasStoredAndReadAndStaysSmall() throws IOException {
    Series hourly = new Series(Series.hourly());
    for (int i = 0; i < 60; i++) {
      hourly.pass(Duration.ofMinutes(60).plusMillis(i));
      if (i % 7 == 0) {
        hourly.rain(1);
      } else {
        hourly.distance(2_300 + i % 5);
      }
      String json = json(hourly.memory);
      assertTrue(json.length() <= 1_200, json);
      assertEquals(hourly.memory, QualityMemoryJson.read(Series.tree(json)));
    }
    assertEquals(QualityMemory.NONE, QualityMemoryJson.read(Series.tree("{}")));
    assertEquals("{}", json(QualityMemory.NONE));
  }

  private static String json(QualityMemory memory) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      QualityMemoryJson.write(json, memory);
    }
    return text.toString();
  }

  @Test
  void reasonsAreStoredAsBitsThatNeverChange() {
    assertEquals(
        5, QualityReason.toBits(Set.of(QualityReason.CLOCK, QualityReason.NO_MEASUREMENT)));
    assertEquals(2, QualityReason.toBits(Set.of(QualityReason.OUT_OF_RANGE)));
    assertEquals(8, QualityReason.toBits(Set.of(QualityReason.ERROR_CODE)));
    assertEquals(1 << 14, QualityReason.toBits(Set.of(QualityReason.LEAP)));
    for (QualityReason reason : QualityReason.values()) {
      assertEquals(Set.of(reason), QualityReason.ofBits(QualityReason.toBits(Set.of(reason))));
      assertEquals(reason, QualityReason.find(reason.code()).orElseThrow());
    }
  }

  @Test
  void testsThatAreOffAreNotRun() {
    Sensor sensor = Series.sensor(SensorKind.DISTANCE);
    Series off =
        new Series(
            Series.with(
                sensor,
                DeviceRange.UNKNOWN,
                "{\"spike\":null,\"flatLine\":null,\"attenuated\":null,\"rainLeastMm\":null,"
                    + "\"neighbour\":null,\"errorCodesMm\":null,\"constantCodesMm\":[]}"));
    off.around = new Surroundings(OptionalDouble.of(0), new Neighbours(2, 0), Backing.NONE);
    off.distance(2_500);
    assertTrue(off.distance(2_300).goodForAlerts());
    off.distance(2_500);
    assertEquals(List.of(), off.onEarlier);
    doubted(QualityFlag.BAD, QualityReason.OUT_OF_RANGE, off.distance(0));
    assertEquals(QualitySettingsJson.parse("{}"), sensor.quality());
  }

  private static QualityFlag rate(Judgement judgement) {
    return judgement.tests().of(QualityTest.RATE_OF_CHANGE);
  }

  private static void doubted(QualityFlag flag, QualityReason reason, Judgement judgement) {
    Set<QualityReason> others = new HashSet<>(judgement.reasons());
    others.remove(QualityReason.FAST_CHANGE);
    assertEquals(Set.of(reason), others);
    assertEquals(flag, judgement.flag());
    assertEquals(flag, judgement.tests().of(reason.test()));
    assertFalse(judgement.goodForAlerts());
  }
}
