package io.floodmark.api.alerts;

import io.floodmark.alert.AlertLife;
import io.floodmark.alert.AlertLife.Standing;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Alerts in words. Immutable, made for one request.
 *
 * @param texts of the page
 * @param language of the page
 * @param zone of its clock
 * @param now the moment that the page tells of
 */
public record AlertWords(Texts texts, Language language, ZoneId zone, Instant now) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("HH:mm, dd/MM/uuuu");

  /** The ends of a shelf to choose from, in minutes. */
  public static final List<Integer> SHELVES =
      List.of(30, 60, 4 * 60, 12 * 60, (int) AlertLife.SHELF_MAX.toMinutes());

  /** A moment on the ward's clock; of today the time alone. */
  public String at(Instant moment) {
    boolean today = moment.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TIME : MOMENT).format(moment.atZone(zone));
  }

  /** A moment in full. */
  public String moment(Instant moment) {
    return MOMENT.format(moment.atZone(zone));
  }

  /** What it is of: a sensor's name, a zone, a gateway. */
  public String subject(AlertView alert) {
    AlertHandling handling = alert.handling();
    if (handling.zone().isPresent()) {
      return texts.of("subject.zone", "name", handling.zone().get());
    }
    return handling
        .gateway()
        .map(name -> texts.of("subject.gateway", "name", name))
        .orElse(alert.sensorName());
  }

  /** What it says: "Mức 3, nguy hiểm", "Mất tín hiệu". */
  public String what(AlertView alert) {
    return alert.isFlood() ? level(alert.level()) : texts.of("kind." + alert.kind());
  }

  /** A flood level with its name. */
  public String level(int level) {
    return texts.of("level." + level);
  }

  private String levelInside(int level) {
    return texts.of("level.in." + level);
  }

  /** Both, as the title of its page. */
  public String headline(AlertView alert) {
    return subject(alert)
        + ": "
        + (alert.isFlood() ? levelInside(alert.level()) : lowerFirst(what(alert)));
  }

  /** The badge of what it says: the level's own colour for water, else a plain one. */
  public String look(AlertView alert) {
    if (!alert.isActive()) {
      return "off";
    }
    if (alert.isFlood()) {
      return "level-" + alert.level();
    }
    return alert.level() >= 2 ? "warn" : "info";
  }

  /** Where it stands. */
  public Standing standing(AlertView alert) {
    return alert.standing(now);
  }

  /** That in words. */
  public String standingText(AlertView alert) {
    AlertHandling handling = alert.handling();
    Standing standing = standing(alert);
    String key = "standing." + standing.name().toLowerCase(Locale.ROOT);
    return switch (standing) {
      case ACKNOWLEDGED, ENDED ->
          texts.of(
              isMachine(handling.acknowledgedBy().orElse("")) ? key + ".kept" : key,
              "who",
              who(handling.acknowledgedBy().orElse("")),
              "at",
              handling.acknowledgedAt().map(this::at).orElse(""));
      case SHELVED -> texts.of(key, "until", handling.shelvedUntil().map(this::at).orElse(""));
      case SUPPRESSED -> texts.of(key + "." + handling.suppressed().orElse("maintenance"));
      case CLOSED -> texts.of(key, "who", who(handling.closedBy().orElse("")));
      case UNACKNOWLEDGED, RETURNED -> texts.of(key);
    };
  }

  /** The badge of that. */
  public String standingLook(AlertView alert) {
    return switch (standing(alert)) {
      case UNACKNOWLEDGED -> "bad";
      case RETURNED -> "warn";
      case ACKNOWLEDGED -> "ok";
      case SHELVED, SUPPRESSED -> "info";
      case ENDED, CLOSED -> "off";
    };
  }

  /** Since when and how long: "từ 14:05 (12 phút)". */
  public String span(AlertView alert) {
    if (alert.clearedAt().isPresent()) {
      return texts.of(
          "span.over",
          "from",
          at(alert.since()),
          "to",
          at(alert.clearedAt().get()),
          "length",
          length(Duration.between(alert.since(), alert.clearedAt().get())));
    }
    return texts.of(
        "span.since",
        "from",
        at(alert.since()),
        "length",
        length(Duration.between(alert.since(), now)));
  }

  /** One step of its history as a sentence. */
  public String event(AlertStory.Entry entry, AlertView alert) {
    boolean water = alert.isFlood();
    String ofWater = "event.water." + entry.kind();
    return texts.of(
        water && texts.has(ofWater) ? ofWater : "event." + entry.kind(),
        "from",
        water && entry.fromLevel() > 0 ? levelInside(entry.fromLevel()) : "",
        "to",
        water && entry.toLevel() > 0 ? levelInside(entry.toLevel()) : "",
        "kind",
        lowerFirst(texts.of("kind." + alert.kind())),
        "until",
        entry.until().map(this::at).orElse(""));
  }

  /** The reading that did it: "độ ngập tại cảm biến 142 mm, đo lúc 14:05"; else empty. */
  public String reading(AlertStory.Entry entry) {
    if (entry.observedAt().isEmpty()) {
      return "";
    }
    String at = at(entry.observedAt().get());
    return entry.depthMm().isPresent()
        ? texts.of("event.depth", "depth", entry.depthMm().getAsInt(), "at", at)
        : texts.of("event.reading", "at", at);
  }

  /** Who did it. */
  public String who(String actor) {
    return isMachine(actor) ? texts.of("actor.machine") : actor;
  }

  private static boolean isMachine(String actor) {
    return actor.isEmpty() || actor.equals("floodmark");
  }

  /** A length of time in the largest unit that says enough. */
  public String length(Duration time) {
    long minutes = Math.max(0, time.toMinutes());
    if (minutes < 60) {
      return texts.of("length.minutes", "n", minutes);
    }
    return minutes < 48 * 60
        ? texts.of("length.hours", "n", minutes / 60, "m", minutes % 60)
        : texts.of("length.days", "n", minutes / (24 * 60));
  }

  /** How long a shelf lasts, of so many minutes. */
  public String shelf(int minutes) {
    return minutes < 60
        ? texts.of("shelf.minutes", "n", minutes)
        : texts.of("shelf.hours", "n", minutes / 60);
  }

  private static String lowerFirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
