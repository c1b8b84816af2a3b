package io.floodmark.judging;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.QualityTest;
import io.floodmark.quality.TestFlags;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What there is to say of a reading when it comes.
 *
 * @param depthMm depth at the sensor, noise taken off; empty where none follows from the reading
 * @param lowPointDepthMm depth at the street's low point; empty where unknown
 * @param holdingDepthMm depth at the low point that keeps an alert from ending: see {@link
 *     io.floodmark.alert.AlertSample}
 * @param sure whether it alone is enough for a warning
 * @param tests its flags, test by test
 * @param reasons why one of them is other than good; empty for good
 */
public record Judgement(
    OptionalInt depthMm,
    OptionalInt lowPointDepthMm,
    OptionalInt holdingDepthMm,
    boolean sure,
    TestFlags tests,
    Set<QualityReason> reasons) {

  // A fast rise is what alerts are for; under a clock that is ahead the arrival counts, which is
  // ours.
  private static final Set<QualityTest> SUSPECT_IS_GOOD =
      EnumSet.of(QualityTest.RATE_OF_CHANGE, QualityTest.CLOCK);

  private static final QualityTest[] TESTS = QualityTest.values();

  /** Copies the reasons. */
  public Judgement {
    reasons = Set.copyOf(reasons);
  }

  /** What all tests come to. */
  public QualityFlag flag() {
    return tests.overall();
  }

  /**
   * Whether alerts may build on its depth: it has one, no test failed, and at most its rate of
   * change or the sensor's clock is suspect.
   */
  public boolean goodForAlerts() {
    return depthMm.isPresent() && isGood();
  }

  /** Whether it can be taken for what it says, whatever it measures. */
  boolean isGood() {
    if (tests.arePassed()) {
      return true; // as nearly all do
    }
    for (QualityTest test : TESTS) {
      QualityFlag flag = tests.of(test);
      if (flag == QualityFlag.BAD
          || flag == QualityFlag.MISSING
          || (flag == QualityFlag.SUSPECT && !SUSPECT_IS_GOOD.contains(test))) {
        return false;
      }
    }
    return true;
  }
}
