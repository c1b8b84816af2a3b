package io.floodmark.api.notify;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Messages in words, for people. Immutable, safe for use by any thread. */
public final class MessageText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm dd/MM/uuuu");

  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);
  private final ZoneId zone;
  private final Optional<String> publicUrl;

  /**
   * Texts with times by the ward's clock.
   *
   * @param publicUrl where the map is found, if that is known
   */
  public MessageText(ZoneId zone, Optional<String> publicUrl) {
    this.zone = zone;
    this.publicUrl = publicUrl;
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "notify"));
    }
  }

  /** One line: what has happened and where. */
  public String subject(Message message) {
    Texts words = texts.get(message.language());
    if (message.isTest()) {
      return words.of("subject.test");
    }
    if (!message.isSummary()) {
      return playOr(words, message.notices().get(0)) + headline(words, message.notices().get(0));
    }
    return words.of("subject.summary", "count", message.notices().size());
  }

  /** All of it, in plain lines; the last does not end. */
  public String body(Message message) {
    Texts words = texts.get(message.language());
    List<String> lines = new ArrayList<>();
    if (message.isTest()) {
      lines.add(words.of("body.test"));
      lines.add(words.of("body.testAt", "at", time(message.madeAt())));
    } else if (message.isSummary()) {
      lines.add(words.of("body.summary", "count", message.notices().size()));
      for (Notice notice : message.notices()) {
        lines.add("- " + time(notice.at()) + " " + playOr(words, notice) + headline(words, notice));
      }
      publicUrl.ifPresent(url -> lines.add(words.of("body.map", "url", url + "/")));
    } else {
      one(words, message.notices().get(0), lines);
    }
    if (!message.isTest()) {
      lines.add("");
      lines.add(words.of("body.provisional"));
    }
    return String.join("\n", lines);
  }

  private void one(Texts words, Notice notice, List<String> lines) {
    if (notice.isMadeUp()) {
      lines.add(words.of("body.madeUp"));
    }
    lines.add(headline(words, notice) + ".");
    lines.add(words.of("body.at", "at", time(notice.at())));
    depth(words, notice).ifPresent(lines::add);
    notice.zone().ifPresent(zone -> lines.add(words.of("body.zone", "zone", zone)));
    if (notice.place().isPresent()) {
      Notice.Place place = notice.place().get();
      place.street().ifPresent(street -> lines.add(words.of("body.street", "street", street)));
      place.zone().ifPresent(area -> lines.add(words.of("body.zone", "zone", area)));
    }
    mapOf(notice).ifPresent(url -> lines.add(words.of("body.map", "url", url)));
  }

  /** Where it is on the map. */
  public Optional<String> mapOf(Notice notice) {
    return publicUrl.map(
        url -> url + notice.place().map(place -> "/#/sensor/" + place.code()).orElse("/"));
  }

  private static Optional<String> depth(Texts words, Notice notice) {
    OptionalInt low = notice.lowPointDepthMm();
    if (low.isPresent()) {
      return Optional.of(words.of("body.lowPoint", "cm", Math.round(low.getAsInt() / 10.0)));
    }
    return notice.depthMm().isPresent()
        ? Optional.of(words.of("body.depth", "cm", Math.round(notice.depthMm().getAsInt() / 10.0)))
        : Optional.empty();
  }

  private static String headline(Texts words, Notice notice) {
    String line = plainHeadline(words, notice);
    return notice.step().equals(Notice.REMINDED) ? words.of("step.reminded", "line", line) : line;
  }

  private static String plainHeadline(Texts words, Notice notice) {
    String place = notice.where();
    if (notice.isFlood()) {
      if (notice.isOver()) {
        return words.of("flood.over", "place", place);
      }
      String level = words.of("level." + notice.toLevel());
      String how =
          notice.step().equals(Notice.RECOUNTED)
              ? "flood.recounted"
              : notice.toLevel() < notice.fromLevel() ? "flood.fall" : "flood.rise";
      return words.of(how, "level", level, "place", place);
    }
    String about =
        words.has("kind." + notice.alertKind())
            ? words.of("kind." + notice.alertKind())
            : notice.alertKind();
    return words.of(notice.isOver() ? "other.over" : "other.open", "about", about, "place", place);
  }

  private static String playOr(Texts words, Notice notice) {
    return notice.isMadeUp() ? words.of("subject.madeUp") + " " : "";
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }
}
