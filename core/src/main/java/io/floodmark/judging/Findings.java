package io.floodmark.judging;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.QualityTest;
import io.floodmark.quality.TestFlags;
import java.util.EnumSet;
import java.util.Set;

/** The flags of one reading as they are found, with the reason of each doubt. Confined. */
final class Findings {
  private final Set<QualityReason> reasons = EnumSet.noneOf(QualityReason.class);
  private long flags = TestFlags.NONE.bits();

  /** Notes the flag of a test; {@code reason} says why if it is a doubt, or missing. */
  Findings note(QualityFlag flag, QualityReason reason) {
    flags = TestFlags.with(flags, reason.test(), flag);
    if (flag.isDoubt() || flag == QualityFlag.MISSING) {
      reasons.add(reason);
    }
    return this;
  }

  /** Notes a flag that is no doubt. */
  void note(QualityTest test, QualityFlag flag) {
    flags = TestFlags.with(flags, test, flag);
  }

  /** Whether a test failed so far, or there is nothing to test. */
  boolean failed() {
    TestFlags soFar = flags();
    if (soFar.arePassed()) {
      return false; // as nearly always
    }
    QualityFlag overall = soFar.overall();
    return overall == QualityFlag.BAD || overall == QualityFlag.MISSING;
  }

  TestFlags flags() {
    return new TestFlags(flags);
  }

  Set<QualityReason> reasons() {
    return reasons.isEmpty() ? Set.of() : reasons;
  }
}
