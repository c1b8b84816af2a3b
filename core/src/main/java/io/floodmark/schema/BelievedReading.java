package io.floodmark.schema;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import java.util.EnumSet;

/**
 * Which stored readings alerts were free to build on, as SQL: no test failed, at most the rate of
 * change or the sensor's clock was suspect, and no later reading has raised a doubt.
 */
public final class BelievedReading {
  /** Reasons of a doubt that leave a reading good for alerts, as bits. */
  public static final int HARMLESS_REASONS =
      QualityReason.toBits(EnumSet.of(QualityReason.FAST_CHANGE, QualityReason.CLOCK));

  /** A condition on {@code whole_reading r}. */
  public static final String CONDITION =
      """
      r.depth_mm IS NOT NULL AND r.qc NOT IN (%d, %d) AND r.qc_reasons & ~%d = 0
        AND NOT EXISTS (
          SELECT FROM reading_verdict v
          WHERE v.sensor_id = r.sensor_id AND v.observed_at = r.observed_at
        )
      """
          .formatted(QualityFlag.BAD.code(), QualityFlag.MISSING.code(), HARMLESS_REASONS);

  private BelievedReading() {}
}
