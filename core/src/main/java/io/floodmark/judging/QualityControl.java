package io.floodmark.judging;

import io.floodmark.quality.AttenuationRule;
import io.floodmark.quality.AttenuationStream;
import io.floodmark.quality.FlatLineRule;
import io.floodmark.quality.FlatLineStream;
import io.floodmark.quality.Qartod;
import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.QualitySettings;
import io.floodmark.quality.QualityTest;
import io.floodmark.quality.RateStream;
import io.floodmark.quality.Span;
import io.floodmark.quality.SpikeStream;
import io.floodmark.quality.StreamStep;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorKind;
import io.floodmark.surface.Rainfall;
import io.floodmark.surface.Support;
import io.floodmark.surface.SurfaceTrack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Judges the readings of a sensor as they come in, each with what is remembered of those before it.
 * Pure.
 *
 * <p>Spike and rate of change look at the height of the surface, before noise is taken off it; flat
 * line and attenuated signal at the raw distance, for the depth of a dry street is always zero.
 * What failed a test of its own is to them a value that is missing.
 */
public final class QualityControl {
  /** No street is deeper under water; what a pressure gauge says beyond that is an error code. */
  private static final int DEEPEST_STREET_MM = 20_000;

  /** Nearer below the ground than this, the mount height is wrong rather than the reading. */
  private static final int BELOW_GROUND_MM = 100;

  /** Less water than is needed to know the low point still keeps an alert from ending. */
  private static final int WET_MM = 12;

  private static final double SECONDS_PER_MINUTE = 60;
  private static final double MILLIS_PER_SECOND = 1_000;

  private QualityControl() {}

  /**
   * A judgement and what follows from it.
   *
   * @param judgement of the reading
   * @param onEarlier what it says of readings before it
   * @param after what is remembered for the next one
   */
  public record Step(Judgement judgement, List<Verdict> onEarlier, QualityMemory after) {
    /** Copies the verdicts; next to always there are none. */
    public Step {
      onEarlier = onEarlier.isEmpty() ? List.of() : List.copyOf(onEarlier);
    }
  }

  /**
   * Judges a reading that is later than those before it.
   *
   * @param before what is remembered of those
   * @param around what is known of the neighbourhood
   * @throws IllegalArgumentException if it is not later; late readings are judged alone
   */
  public static Step next(
      Sensor sensor, QualityMemory before, Reading reading, ReadingTime time, Surroundings around) {
    if (!time.evaluatedAt().isAfter(before.evaluatedAt())) {
      throw new IllegalArgumentException(
          "A reading of " + time.evaluatedAt() + " is not after " + before.evaluatedAt() + ".");
    }
    Findings findings = new Findings();
    if (sensor.kind() == SensorKind.RAIN) {
      Judgement judgement = judgeRain(findings, reading, time);
      return new Step(judgement, List.of(), remember(before, reading, time, judgement));
    }
    Measured measured = Measured.of(sensor, reading);
    judgeItself(findings, sensor, measured, time, before.distanceMm());
    List<Verdict> onEarlier = new ArrayList<>();
    QualityMemory after =
        judgeByThoseBefore(findings, onEarlier, sensor, before, measured, time, around);
    if (sensor.kind() == SensorKind.DISTANCE
        && measured.distanceMm().isPresent()
        && !findings.failed()) {
      return judgeSurface(findings, onEarlier, sensor, after, measured, time, around);
    }
    boolean supported = around.backing().at(time.evaluatedAt()) == Support.FOR;
    return new Step(judgement(findings, sensor, measured.surfaceMm(), supported), onEarlier, after);
  }

  /**
   * Judges a reading that came too late to be put in a row with others: by what it says itself. All
   * tests that need others have not been run.
   */
  public static Judgement alone(Sensor sensor, Reading reading, ReadingTime time) {
    Findings findings = new Findings();
    if (sensor.kind() == SensorKind.RAIN) {
      return judgeRain(findings, reading, time);
    }
    Measured measured = Measured.of(sensor, reading);
    judgeItself(findings, sensor, measured, time, OptionalInt.empty());
    return judgement(findings, sensor, measured.surfaceMm(), false);
  }

  /** Whether it is water that was measured: a pressure gauge needs no such test. */
  private static Step judgeSurface(
      Findings findings,
      List<Verdict> onEarlier,
      Sensor sensor,
      QualityMemory memory,
      Measured measured,
      ReadingTime time,
      Surroundings around) {
    SurfaceTrack.Step step =
        memory
            .surface()
            .next(
                time.evaluatedAt(),
                measured.surfaceMm().getAsInt(),
                sensor.calibration().mountHeightMm().getAsInt(),
                around.backing().at(time.evaluatedAt()));
    SurfaceFindings.note(findings, step.sight());
    List<Instant> leapt = SurfaceFindings.judgeLeap(onEarlier, memory.leapt(), step, time);
    int waterMm = (int) Math.round(step.waterMm());
    return new Step(
        judgement(findings, sensor, OptionalInt.of(waterMm), step.sure()),
        onEarlier,
        memory.with(step.track(), leapt));
  }

  private static Judgement judgeRain(Findings findings, Reading reading, ReadingTime time) {
    if (reading.rainMm().isEmpty()) {
      findings.note(QualityFlag.MISSING, QualityReason.NO_MEASUREMENT);
    } else {
      judgeClock(findings, time);
      boolean negative = reading.rainMm().getAsDouble() < 0;
      findings.note(negative ? QualityFlag.BAD : QualityFlag.GOOD, QualityReason.OUT_OF_RANGE);
    }
    return new Judgement(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        findings.flags(),
        findings.reasons());
  }

  private static Judgement judgement(
      Findings findings, Sensor sensor, OptionalInt waterMm, boolean sure) {
    Calibration calibration = sensor.calibration();
    OptionalInt depth = OptionalInt.empty();
    OptionalInt lowPoint = OptionalInt.empty();
    OptionalInt holding = OptionalInt.empty();
    if (waterMm.isPresent()) {
      depth = OptionalInt.of(calibration.withoutNoise(waterMm.getAsInt()));
    }
    if (waterMm.isPresent() && !findings.failed()) {
      lowPoint = calibration.lowPointDepth(depth.getAsInt());
      boolean wet = lowPoint.isEmpty() && waterMm.getAsInt() >= WET_MM;
      holding = wet ? OptionalInt.of(calibration.lowPointKnownFromMm()) : lowPoint;
    }
    return new Judgement(depth, lowPoint, holding, sure, findings.flags(), findings.reasons());
  }

  /** The tests that need no other reading, or no more than the distance before. */
  private static void judgeItself(
      Findings findings,
      Sensor sensor,
      Measured measured,
      ReadingTime time,
      OptionalInt distanceBeforeMm) {
    if (!measured.measured()) {
      findings.note(QualityFlag.MISSING, QualityReason.NO_MEASUREMENT);
      return;
    }
    judgeClock(findings, time);
    findings.note(QualityFlag.GOOD, QualityReason.NO_MEASUREMENT);
    QualitySettings settings = sensor.quality();
    boolean errorCode =
        measured.distanceMm().isPresent()
            && isErrorCode(settings, measured.distanceMm().getAsInt(), distanceBeforeMm);
    findings.note(errorCode ? QualityFlag.BAD : QualityFlag.GOOD, QualityReason.ERROR_CODE);
    if (errorCode) {
      return;
    }
    judgeRange(findings, sensor, measured);
    if (!settings.seasons().isEmpty() && !findings.failed()) {
      findings.note(
          Qartod.climatology(
              time.evaluatedAt().toEpochMilli(), measured.depthMm().getAsInt(), settings.seasons()),
          QualityReason.UNUSUAL);
    }
  }

  private static void judgeClock(Findings findings, ReadingTime time) {
    findings.note(time.clockAhead() ? QualityFlag.SUSPECT : QualityFlag.GOOD, QualityReason.CLOCK);
  }

  private static boolean isErrorCode(
      QualitySettings settings, int distanceMm, OptionalInt distanceBeforeMm) {
    return isAmong(settings.errorCodesMm(), distanceMm)
        || (distanceBeforeMm.isPresent()
            && distanceBeforeMm.getAsInt() == distanceMm
            && isAmong(settings.constantCodesMm(), distanceMm));
  }

  // Every reading asks; contains() would make an object of it first.
  private static boolean isAmong(List<Integer> codesMm, int distanceMm) {
    for (int i = 0; i < codesMm.size(); i++) {
      if (codesMm.get(i) == distanceMm) {
        return true;
      }
    }
    return false;
  }

  private static void judgeRange(Findings findings, Sensor sensor, Measured measured) {
    boolean measurable =
        measured.depthMm().isPresent()
            && (measured.distanceMm().isEmpty()
                || sensor.range().contains(measured.distanceMm().getAsInt()));
    if (!measurable) {
      findings.note(QualityFlag.BAD, QualityReason.OUT_OF_RANGE);
      return;
    }
    Calibration calibration = sensor.calibration();
    // Water that touches the sensor leaves no distance to measure.
    int deepest =
        calibration.mountHeightMm().isPresent()
            ? calibration.mountHeightMm().getAsInt() - 1
            : DEEPEST_STREET_MM;
    QualityFlag flag =
        Qartod.grossRange(
            measured.depthMm().getAsInt(),
            new Span(-BELOW_GROUND_MM, deepest),
            Optional.of(new Span(0, deepest)));
    findings.note(
        flag,
        flag == QualityFlag.SUSPECT ? QualityReason.BELOW_GROUND : QualityReason.OUT_OF_RANGE);
  }

  private static QualityMemory judgeByThoseBefore(
      Findings findings,
      List<Verdict> onEarlier,
      Sensor sensor,
      QualityMemory before,
      Measured measured,
      ReadingTime time,
      Surroundings around) {
    QualitySettings settings = sensor.quality();
    boolean present = measured.measured() && !findings.failed();
    double surface = present ? measured.surfaceMm().getAsInt() : Double.NaN;
    double depth = present ? measured.depthMm().getAsInt() : Double.NaN;

    if (measured.measured()) {
      judgeGap(findings, settings, before, time);
    }
    judgeSpike(onEarlier, settings, before, surface);
    if (present) {
      judgeRate(findings, sensor, before, time, surface, around);
      if (settings.neighbour().isPresent()) {
        QualitySettings.Neighbourhood limits = settings.neighbour().get();
        findings.note(
            Qartod.neighbour(
                depth,
                around.neighbours().deepestMm(),
                around.neighbours().count(),
                limits.suspectMm(),
                limits.countMin()),
            QualityReason.NEIGHBOUR);
      }
    }

    FlatLineStream flatLine = before.flatLine();
    Instant flatLineAt = before.flatLineAt();
    AttenuationStream attenuation = before.attenuation();
    if (present && measured.distanceMm().isPresent()) {
      int distance = measured.distanceMm().getAsInt();
      long millis = time.evaluatedAt().toEpochMilli();
      if (settings.flatLine().isPresent()) {
        FlatLineRule rule = settings.flatLine().get().rule(sensor.reportInterval());
        findings.note(flatLine.judge(rule, distance), QualityReason.STUCK);
        // A sensor that reports faster as water rises would otherwise count hours in minutes.
        long spacingMillis = sensor.reportInterval().toMillis() * 9 / 10;
        if (flatLineAt.equals(Instant.MIN) || millis - flatLineAt.toEpochMilli() >= spacingMillis) {
          flatLine = flatLine.next(rule, distance).after();
          flatLineAt = time.evaluatedAt();
        }
      }
      if (settings.attenuation().isPresent()) {
        QualitySettings.Attenuation limits = settings.attenuation().get();
        AttenuationRule rule = limits.rule();
        findings.note(attenuation.judge(rule, millis, distance), QualityReason.ATTENUATED);
        if (isDue(attenuation, millis, limits.spacingMillis())) {
          attenuation = attenuation.next(rule, millis, distance).after();
        }
      }
    }
    return new QualityMemory(
        Math.min(2, before.samples() + 1),
        time.observedAt(),
        time.evaluatedAt(),
        before.lastMm(),
        surface,
        measured.distanceMm(),
        flatLine,
        flatLineAt,
        attenuation,
        before.surface(),
        before.leapt(),
        before.rainfall());
  }

  /** Silence says nothing against what follows it; only that nothing stands before it. */
  private static void judgeGap(
      Findings findings, QualitySettings settings, QualityMemory before, ReadingTime time) {
    QualityFlag flag =
        before.gap().next(settings.gap().toMillis(), time.evaluatedAt().toEpochMilli()).flag();
    findings.note(QualityTest.GAP, flag == QualityFlag.GOOD ? flag : QualityFlag.NOT_EVALUATED);
  }

  private static void judgeSpike(
      List<Verdict> onEarlier, QualitySettings settings, QualityMemory before, double surface) {
    if (settings.spike().isPresent()) {
      StreamStep<SpikeStream> step = before.spike().next(settings.spike().get(), surface);
      step.onEarlier()
          .filter(QualityFlag::isDoubt)
          .ifPresent(
              flag -> onEarlier.add(new Verdict(before.observedAt(), flag, QualityReason.SPIKE)));
    }
  }

  private static void judgeRate(
      Findings findings,
      Sensor sensor,
      QualityMemory before,
      ReadingTime time,
      double surface,
      Surroundings around) {
    findings.note(QualityTest.SPIKE, QualityFlag.NOT_EVALUATED);
    QualitySettings settings = sensor.quality();
    long millis = time.evaluatedAt().toEpochMilli();
    RateStream rate = before.rate();
    // What may be noise is no change, however soon it comes.
    double seconds = Math.max(1, (millis - rate.lastMillis()) / MILLIS_PER_SECOND);
    double perSecond =
        Math.max(
            settings.fastMmPerMin() / SECONDS_PER_MINUTE,
            sensor.calibration().noiseFloorMm() / seconds);
    QualityFlag flag = rate.next(perSecond, millis, surface).flag();
    findings.note(flag, QualityReason.FAST_CHANGE);
    if (settings.rainLeastMm().isPresent()) {
      findings.note(
          Qartod.multiVariate(
              surface,
              flag,
              surface > rate.last(),
              around.rainLastHourMm().orElse(Double.NaN),
              settings.rainLeastMm().getAsDouble()),
          QualityReason.NO_RAIN);
    }
  }

  private static boolean isDue(AttenuationStream attenuation, long millis, long spacingMillis) {
    int size = attenuation.window().size();
    return size == 0 || millis - attenuation.window().millis(size - 1) >= spacingMillis;
  }

  /** What a gauge leaves behind that has no series of its own yet. */
  private static QualityMemory remember(
      QualityMemory before, Reading reading, ReadingTime time, Judgement judgement) {
    Rainfall rainfall =
        judgement.isGood()
            ? before.rainfall().with(time.evaluatedAt(), reading.rainMm().getAsDouble())
            : before.rainfall();
    return new QualityMemory(
        Math.min(2, before.samples() + 1),
        time.observedAt(),
        time.evaluatedAt(),
        Double.NaN,
        Double.NaN,
        OptionalInt.empty(),
        before.flatLine(),
        before.flatLineAt(),
        before.attenuation(),
        before.surface(),
        before.leapt(),
        rainfall);
  }
}
