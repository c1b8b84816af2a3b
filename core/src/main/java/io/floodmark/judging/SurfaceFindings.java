package io.floodmark.judging;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.reading.ReadingTime;
import io.floodmark.surface.Sight;
import io.floodmark.surface.SurfaceTrack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The test whether what was measured from above is water. Pure. */
final class SurfaceFindings {
  private SurfaceFindings() {}

  /** Notes what the reading was taken for. */
  static void note(Findings findings, Sight sight) {
    switch (sight) {
      case GROUND, WATER -> findings.note(QualityFlag.GOOD, QualityReason.LEAP);
      case UNCONFIRMED, LEAP -> findings.note(QualityFlag.SUSPECT, QualityReason.LEAP);
      case DRIFT -> findings.note(QualityFlag.SUSPECT, QualityReason.HEAT);
      case PARKED -> findings.note(QualityFlag.BAD, QualityReason.PARKED_OBJECT);
      case SCATTERED -> findings.note(QualityFlag.BAD, QualityReason.SCATTERED);
    }
  }

  /**
   * Says of the readings since the surface leapt what the newest shows them to have been: a thing
   * that stands there now, or something that passed. That they were water is not told.
   *
   * @return identities of the readings that are still a leap
   */
  static List<Instant> judgeLeap(
      List<Verdict> onEarlier, List<Instant> leapt, SurfaceTrack.Step step, ReadingTime time) {
    if (step.sight() == Sight.LEAP) {
      List<Instant> still = new ArrayList<>(leapt);
      still.add(time.observedAt());
      return still.subList(Math.max(0, still.size() - QualityMemory.LEAPT_MAX), still.size());
    }
    if (step.passed() || step.sight() == Sight.PARKED) {
      QualityReason reason = step.passed() ? QualityReason.BLIP : QualityReason.PARKED_OBJECT;
      leapt.forEach(at -> onEarlier.add(new Verdict(at, QualityFlag.BAD, reason)));
    }
    return List.of();
  }
}
