package io.floodmark.api.sensors.preview;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.records.Days;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * A preview in words.
 *
 * @param preview what is told
 * @param texts of the page
 * @param zone of the ward
 */
public record PreviewWords(ThresholdPreview preview, Texts texts, Language language, ZoneId zone) {
  /** The most that a table shows; the rest is only counted. */
  private static final int SHOWN_MAX = 50;

  /** What was looked at. */
  public String about() {
    return texts.of(
        preview.shortened() ? "preview.aboutShort" : "preview.about",
        "readings",
        preview.readings(),
        "from",
        Days.shown(preview.from(), zone, language),
        "most",
        PreviewRows.READINGS_MAX);
  }

  /** Those that a table shows. */
  public List<Episode> shown(List<Episode> episodes) {
    return episodes.subList(0, Math.min(episodes.size(), SHOWN_MAX));
  }

  /** How many alerts. */
  public String count(List<Episode> episodes) {
    return texts.of(episodes.size() == 1 ? "preview.one" : "preview.many", "n", episodes.size());
  }

  /** When it was raised. */
  public String raised(Episode episode) {
    return Days.shown(episode.raisedAt(), zone, language);
  }

  /** How long it lasted. */
  public String lasted(Episode episode) {
    Duration lasted = episode.lasted(preview.now());
    long minutes = Math.max(1, Math.round(lasted.toSeconds() / 60.0));
    String length =
        minutes < 60
            ? texts.of("preview.minutes", "n", minutes)
            : texts.of("preview.hours", "h", minutes / 60, "m", minutes % 60);
    return episode.clearedAt().isPresent() ? length : texts.of("preview.open", "length", length);
  }

  /** Its highest level. */
  public String level(Episode episode) {
    return texts.of("level." + episode.peakLevel());
  }
}
