package io.floodmark.api.nowcast;

import io.floodmark.api.pages.Texts;
import io.floodmark.nowcast.Drainage;
import io.floodmark.nowcast.Outlook;
import io.floodmark.nowcast.RiseSkill;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What comes next, in words. Nothing of it is more than a hint, and what is said says so.
 *
 * @param texts those of {@code nowcast}
 * @param zone of the ward
 * @param now the moment
 */
public record OutlookWords(Texts texts, ZoneId zone, Instant now) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter CLOCK_AND_DAY = DateTimeFormatter.ofPattern("HH:mm dd/MM");
  private static final long SECONDS_A_MINUTE = 60;
  private static final double TENTHS = 10;

  /** The sentence; empty where there is nothing to say. */
  public Optional<String> sentence(Outlook outlook) {
    if (!outlook.standsAt(now)) {
      return Optional.empty();
    }
    if (outlook instanceof Outlook.Rise rise) {
      String level = texts.of("nowcast.level" + rise.level());
      long from = minutesDown(rise.from());
      long to = Math.max(1, minutesUp(rise.to()));
      return Optional.of(
          from < 1
              ? texts.of("nowcast.riseWithin", "level", level, "to", to)
              : texts.of("nowcast.rise", "level", level, "from", from, "to", to));
    }
    if (outlook instanceof Outlook.Fall fall) {
      return Optional.of(
          texts.of(
              "nowcast.fall",
              "from",
              clock(fall.from()),
              "to",
              clock(fall.to()),
              "n",
              fall.floods()));
    }
    return Optional.empty();
  }

  /** How far that is to be trusted, or why the end of a fall is not told; empty for neither. */
  public Optional<String> remark(Outlook outlook) {
    if (outlook instanceof Outlook.Nothing nothing) {
      return switch (nothing.why()) {
        case NO_PAST -> Optional.of(texts.of("nowcast.noPast", "n", Drainage.FLOODS_MIN));
        case PAST_DIFFERS -> Optional.of(texts.of("nowcast.pastDiffers"));
        case DRY, DOUBTED, TOO_FEW, STEADY, TOO_FAR, SEVERE -> Optional.empty();
      };
    }
    if (!outlook.standsAt(now)) {
      return Optional.empty();
    }
    return Optional.of(
        outlook instanceof Outlook.Rise
            ? texts.of(
                "nowcast.skill",
                "right",
                ofTen(RiseSkill.MEASURED.rightShare()),
                "foretold",
                ofTen(RiseSkill.MEASURED.foretoldShare()))
            : texts.of("nowcast.fallAbout"));
  }

  private static long ofTen(double share) {
    return Math.round(share * TENTHS);
  }

  private long minutesDown(Instant at) {
    return Math.floorDiv(Duration.between(now, at).toSeconds(), SECONDS_A_MINUTE);
  }

  private long minutesUp(Instant at) {
    return -Math.floorDiv(-Duration.between(now, at).toSeconds(), SECONDS_A_MINUTE);
  }

  private String clock(Instant at) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    boolean isToday = LocalDate.ofInstant(at, zone).equals(today);
    return at.atZone(zone).format(isToday ? CLOCK : CLOCK_AND_DAY);
  }
}
