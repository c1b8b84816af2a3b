package io.floodmark.api.sensors.preview;

import java.time.Instant;
import java.util.List;

/**
 * What thresholds would have raised, beside what was raised. Nothing of it is stored.
 *
 * @param from from when on readings were judged again
 * @param now until when
 * @param readings how many
 * @param shortened whether there were more, and {@code from} is later for that
 * @param would alerts by these thresholds, newest first
 * @param did alerts that were raised, newest first
 */
public record ThresholdPreview(
    Instant from,
    Instant now,
    int readings,
    boolean shortened,
    List<Episode> would,
    List<Episode> did) {
  /** Copies the lists. */
  public ThresholdPreview {
    would = List.copyOf(would);
    did = List.copyOf(did);
  }
}
