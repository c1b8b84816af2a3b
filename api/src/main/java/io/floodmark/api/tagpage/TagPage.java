package io.floodmark.api.tagpage;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.plate.PlateCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What every page of a plate has: its language, its style, its links. Immutable, made for one
 * request.
 *
 * @param zone the ward's clock
 * @param now the time of the request
 * @param style the style sheet
 * @param staticBase where static files lie
 * @param host that stands on the plates, if it is known
 * @param code of the plate, if it can be read
 * @param staff whether the reader may mount plates
 */
public record TagPage(
    Texts texts,
    Language language,
    ZoneId zone,
    Instant now,
    String style,
    String staticBase,
    Optional<String> host,
    Optional<PlateCode> code,
    boolean staff) {
  private static final DateTimeFormatter DAY_VI = DateTimeFormatter.ofPattern("d/M/yyyy");
  private static final DateTimeFormatter DAY_EN =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  /** A text of the page. */
  public String t(String key, Object... namesAndValues) {
    return texts.of(key, namesAndValues);
  }

  /** The code as it stands on the plate; empty where it could not be read. */
  public String printedCode() {
    return code.map(PlateCode::printed).orElse("");
  }

  /** Where one reports something about this plate's thing; an empty category leaves the choice. */
  public String reportLink(String category) {
    StringBuilder link = new StringBuilder("/report?lang=").append(language.code());
    code.ifPresent(c -> link.append("&code=").append(c.value()));
    if (!category.isEmpty()) {
      link.append("&category=").append(URLEncoder.encode(category, StandardCharsets.UTF_8));
    }
    return link.toString();
  }

  /** Where staff mount this plate. */
  public String mountLink() {
    return "/staff/plates/" + code.map(PlateCode::value).orElse("") + "/mount";
  }

  /** Where staff note that this plate hangs where it should. */
  public String checkLink() {
    return "/staff/plates/" + code.map(PlateCode::value).orElse("") + "/check";
  }

  /** A number with the language's decimal sign and at most one decimal. */
  String number(double value) {
    NumberFormat format = NumberFormat.getNumberInstance(locale());
    format.setMaximumFractionDigits(1);
    return format.format(value);
  }

  String day(LocalDate day) {
    return day.format(language == Language.VI ? DAY_VI : DAY_EN);
  }

  LocalDate today() {
    return LocalDate.ofInstant(now, zone);
  }

  /** "5 minutes ago (at 12:05)"; with the day, where that is another. */
  String ago(Instant at) {
    Duration age = Duration.between(at, now);
    String clock = at.atZone(zone).format(TIME);
    LocalDate day = LocalDate.ofInstant(at, zone);
    if (age.toMinutes() < 1) {
      return t("ago.now", "time", clock);
    }
    if (age.toMinutes() < 60) {
      return t(
          age.toMinutes() == 1 ? "ago.minute" : "ago.minutes", "n", age.toMinutes(), "time", clock);
    }
    return day.equals(today())
        ? t("ago.today", "time", clock)
        : t("ago.day", "time", clock, "day", day(day));
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String templateOf(TaggedThing thing) {
    return switch (thing.kind()) {
      case "tree" -> "tagpage/tree.jte";
      case "house" -> "tagpage/house.jte";
      default -> "tagpage/thing.jte";
    };
  }

  private Locale locale() {
    return Locale.forLanguageTag(language.code());
  }
}
