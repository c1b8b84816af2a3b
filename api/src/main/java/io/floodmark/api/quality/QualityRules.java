package io.floodmark.api.quality;

import java.time.Duration;

/**
 * What the four words mean in figures. The national campaign that coined them gives none (the share
 * of land parcels that qualify is published, not how it is counted), so these are ours.
 *
 * @param rightFor how long a check on site holds
 * @param aliveFor how long a record counts as kept after somebody noted anything of it
 */
public record QualityRules(Duration rightFor, Duration aliveFor) {
  /** Checked within two years, noted of within one. */
  public static final QualityRules DEFAULT =
      new QualityRules(Duration.ofDays(730), Duration.ofDays(365));
}
