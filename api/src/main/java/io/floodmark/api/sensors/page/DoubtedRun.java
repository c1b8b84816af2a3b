package io.floodmark.api.sensors.page;

import io.floodmark.quality.QualityReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Doubted readings in a row that are doubted for the same reasons: a car that parks for an hour is
 * one thing to tell, not sixty.
 *
 * @param from time of the first
 * @param to time of the last
 * @param readings how many
 * @param leastMm least depth; empty where none has one
 * @param mostMm greatest depth
 * @param failed whether any of them failed a test, and not only looks suspect
 * @param reasons why
 */
public record DoubtedRun(
    Instant from,
    Instant to,
    int readings,
    OptionalInt leastMm,
    OptionalInt mostMm,
    boolean failed,
    Set<QualityReason> reasons) {
  /** Copies the reasons. */
  public DoubtedRun {
    reasons = Set.copyOf(reasons);
  }

  /** One of them. */
  static DoubtedRun of(
      Instant at, OptionalInt depthMm, boolean failed, Set<QualityReason> reasons) {
    return new DoubtedRun(at, at, 1, depthMm, depthMm, failed, reasons);
  }

  /**
   * Joins what belongs together.
   *
   * @param doubted one reading each, newest first
   * @param apart readings farther apart than that belong to two runs
   * @return newest first
   */
  static List<DoubtedRun> joined(List<DoubtedRun> doubted, Duration apart) {
    List<DoubtedRun> runs = new ArrayList<>();
    for (DoubtedRun one : doubted) {
      int last = runs.size() - 1;
      if (last >= 0 && runs.get(last).continues(one, apart)) {
        runs.set(last, runs.get(last).with(one));
      } else {
        runs.add(one);
      }
    }
    return runs;
  }

  private boolean continues(DoubtedRun earlier, Duration apart) {
    return reasons.equals(earlier.reasons)
        && failed == earlier.failed
        && Duration.between(earlier.to, from).compareTo(apart) <= 0;
  }

  private DoubtedRun with(DoubtedRun earlier) {
    return new DoubtedRun(
        earlier.from,
        to,
        readings + earlier.readings,
        least(leastMm, earlier.leastMm),
        most(mostMm, earlier.mostMm),
        failed,
        reasons);
  }

  private static OptionalInt least(OptionalInt a, OptionalInt b) {
    return a.isPresent() && b.isPresent()
        ? OptionalInt.of(Math.min(a.getAsInt(), b.getAsInt()))
        : a.isPresent() ? a : b;
  }

  private static OptionalInt most(OptionalInt a, OptionalInt b) {
    return a.isPresent() && b.isPresent()
        ? OptionalInt.of(Math.max(a.getAsInt(), b.getAsInt()))
        : a.isPresent() ? a : b;
  }
}
