package io.floodmark.api.readings;

import io.floodmark.quality.QualityReason;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The readings of one step, reduced.
 *
 * @param startMillis when the step begins, epoch milliseconds
 * @param depthMm mean depth of the readings that are not bad; of the bad ones, where there are no
 *     others; empty where none has a depth
 * @param minMm least depth of the readings that are not bad; empty where there are none
 * @param maxMm greatest depth of those
 * @param qc the worst flag of all
 * @param reasons why any of them is other than good
 * @param rawMm mean of what was measured, bad or not, as height over the ground under the sensor
 * @param firstMillis time of the first reading
 * @param lastMillis time of the last reading
 */
record Bucket(
    long startMillis,
    OptionalInt depthMm,
    OptionalInt minMm,
    OptionalInt maxMm,
    int qc,
    Set<QualityReason> reasons,
    OptionalInt rawMm,
    long firstMillis,
    long lastMillis) {

  /** Copies the reasons. */
  Bucket {
    reasons = Set.copyOf(reasons);
  }

  /** One of whose raw measurements nothing is known. */
  Bucket(
      long startMillis,
      OptionalInt depthMm,
      OptionalInt minMm,
      OptionalInt maxMm,
      int qc,
      Set<QualityReason> reasons,
      long firstMillis,
      long lastMillis) {
    this(
        startMillis,
        depthMm,
        minMm,
        maxMm,
        qc,
        reasons,
        OptionalInt.empty(),
        firstMillis,
        lastMillis);
  }

  /**
   * QARTOD's flags from best to worst. Missing comes first: a message without a measurement says
   * nothing against the measurements beside it.
   */
  static final List<Integer> FLAGS_BEST_FIRST = List.of(9, 2, 1, 3, 4);

  private static final int GAP_INTERVALS = 3;

  /**
   * Whether nothing was heard between the two for more than three report intervals, and for so long
   * that at least one whole step is empty. That step then takes the row of nulls, so rows are never
   * more than steps.
   */
  static boolean isGapBetween(Bucket before, Bucket after, Duration step, Duration reportInterval) {
    return after.startMillis - before.startMillis > step.toMillis()
        && after.firstMillis - before.lastMillis > reportInterval.toMillis() * GAP_INTERVALS;
  }
}
