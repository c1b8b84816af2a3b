package io.floodmark.api.notify.desk;

import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.QuietHours;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.staff.ShownTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands on the pages of channels, in the reader's language. Pure.
 *
 * @param texts of the language
 * @param zone of the times
 */
public record ChannelWords(Texts texts, ZoneId zone) {
  /** A time to the second: what is sent within one is to be seen. */
  public String at(Instant at) {
    return new ShownTime(zone).exactly(at);
  }

  /** A time, or a dash. */
  public String at(Optional<Instant> at) {
    return at.map(this::at).orElse("–");
  }

  /** What a message is about, on one line. */
  public String about(String where, String alertKind, String step, int toLevel) {
    if (step.isEmpty()) {
      return texts.of("channels.testMessage");
    }
    String about = orItself("alert." + alertKind, alertKind);
    String what =
        toLevel == 0
            ? texts.of("channels.over", "about", about)
            : alertKind.equals("flood")
                ? texts.of("channels.level", "about", about, "level", toLevel)
                : about;
    String told = texts.has("step." + step) ? " (" + texts.of("step." + step) + ")" : "";
    return what + told + ": " + where;
  }

  /** A kind of alert. */
  public String alert(String kind) {
    return orItself("alert." + kind, kind);
  }

  /** What it gets. */
  public String gets(ChannelSetup setup) {
    String kinds =
        setup.kinds().stream()
            .map(
                kind ->
                    kind.equals("flood")
                        ? texts.of("channels.floodFrom", "level", setup.minLevel())
                        : alert(kind))
            .collect(Collectors.joining(", "));
    return setup.zones().isEmpty()
        ? kinds
        : kinds + " · " + texts.of("channels.inZones", "zones", String.join(", ", setup.zones()));
  }

  /** When it waits. */
  public String quiet(ChannelSetup setup) {
    if (setup.quiet().isEmpty()) {
      return texts.of("channels.neverQuiet");
    }
    QuietHours quiet = setup.quiet().get();
    return texts.of(
        quiet.evenDanger() ? "channels.quietAllOf" : "channels.quietBut",
        "from",
        quiet.from(),
        "to",
        quiet.to());
  }

  /** A word of the log and its look. */
  public String outcome(String outcome) {
    return texts.of("outcome." + outcome);
  }

  /** What was said about a try; as it was logged where nothing else is known. */
  public String answer(ChannelRows.Answer answer) {
    return answer.said().map(said -> said.in(texts)).orElse(answer.english());
  }

  /** The class of a badge. */
  public static String look(String outcome) {
    return switch (outcome) {
      case "sent" -> "ok";
      case "retry" -> "warn";
      case "dead" -> "bad";
      default -> "info";
    };
  }

  private String orItself(String key, String itself) {
    return texts.has(key) ? texts.of(key) : itself;
  }
}
