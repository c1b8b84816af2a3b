package io.floodmark.ingest.commit;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.TestFlags;
import io.floodmark.reading.Reading;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A row of {@code reading} before it is written.
 *
 * @param sensorId whose it is
 * @param observedAt when it counts as observed; whole milliseconds
 * @param receivedAt server time of arrival; whole milliseconds
 * @param reading what was sent
 * @param depthMm depth at the sensor, noise taken off
 * @param lowPointDepthMm depth at the street's low point, where known
 * @param tests its flags, test by test
 * @param reasons why its flag is other than good
 * @param backfill whether it came too late for alerts
 * @param stamped whether {@code observedAt} is the arrival
 */
record ReadingRow(
    int sensorId,
    Instant observedAt,
    Instant receivedAt,
    Reading reading,
    OptionalInt depthMm,
    OptionalInt lowPointDepthMm,
    TestFlags tests,
    Set<QualityReason> reasons,
    boolean backfill,
    boolean stamped) {

  /** Copies the reasons. */
  ReadingRow {
    reasons = Set.copyOf(reasons);
  }

  /** What its tests come to. */
  QualityFlag flag() {
    return tests.overall();
  }
}
