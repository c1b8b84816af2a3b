package io.floodmark.api.records;

import io.floodmark.api.http.Language;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days and times as pages show them: 22/11/2026 in Vietnamese, 22 Nov 2026 in English. Pure. */
public final class Days {
  private static final DateTimeFormatter DAY_VI = DateTimeFormatter.ofPattern("dd/MM/uuuu");
  private static final DateTimeFormatter DAY_EN =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private Days() {}

  /** A day. */
  public static String shown(LocalDate day, Language language) {
    return day.format(language == Language.VI ? DAY_VI : DAY_EN);
  }

  /** A moment, by the ward's clock. */
  public static String shown(Instant at, ZoneId zone, Language language) {
    return shown(LocalDate.ofInstant(at, zone), language) + " " + at.atZone(zone).format(CLOCK);
  }
}
