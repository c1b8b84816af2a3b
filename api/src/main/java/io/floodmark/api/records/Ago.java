package io.floodmark.api.records;

import io.floodmark.api.pages.Texts;
import java.time.Duration;

/** How long ago something was, as pages say it. Pure. */
public final class Ago {
  private Ago() {}

  /**
   * In whole minutes, hours up to two days, or days.
   *
   * @param texts with the keys {@code ago.now}, {@code ago.minutes}, {@code ago.hours} and {@code
   *     ago.days}
   */
  public static String of(Texts texts, Duration passed) {
    if (passed.toMinutes() < 1) {
      return texts.of("ago.now");
    }
    if (passed.toHours() < 1) {
      return texts.of("ago.minutes", "n", passed.toMinutes());
    }
    return passed.toDays() < 2
        ? texts.of("ago.hours", "n", passed.toHours())
        : texts.of("ago.days", "n", passed.toDays());
  }
}
