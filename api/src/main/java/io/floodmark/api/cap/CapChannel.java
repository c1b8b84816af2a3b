package io.floodmark.api.cap;

import io.floodmark.api.cap.CapDocument.MsgType;
import io.floodmark.api.http.Language;
import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.Notice;
import io.floodmark.api.notify.Outcome;
import io.floodmark.api.notify.Said.Sentence;
import io.floodmark.api.pages.Texts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * Publishes CAP messages: sending is adding to our own feed. All messages about an alert form a
 * chain: one Alert, an Update for each change of its level and before each runs out, one Cancel.
 */
public final class CapChannel implements Channel {
  /** Setting {@code status}: the real thing. */
  public static final String ACTUAL = "Actual";

  private static final String EXERCISE = "Exercise";
  private static final String TEST = "Test";
  private static final String FLOOD = "flood";

  /** Floods of streets last two hours in the middle; one that lasts longer is said again. */
  private static final Duration VALID_FOR = Duration.ofHours(3);

  private static final int RADIUS_DEFAULT_M = 300;

  /** Recommended for a headline by those who show them. */
  private static final int HEADLINE_CHARS_MAX = 139;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm dd/MM/uuuu");

  private final ChannelSetup setup;
  private final Publishing publishing;

  /**
   * What all messages share.
   *
   * @param database where they are kept
   * @param zone of their times
   * @param publicUrl of the map; without it nothing is Actual
   * @param texts by language
   */
  private record Publishing(
      DataSource database, ZoneId zone, Optional<String> publicUrl, Map<Language, Texts> texts) {}

  private CapChannel(ChannelSetup setup, Publishing publishing) {
    this.setup = setup;
    this.publishing = publishing;
  }

  /** The feed in {@code database}. */
  public static Opener opener(DataSource database, ZoneId zone, Optional<String> publicUrl) {
    Publishing publishing =
        new Publishing(
            database,
            zone,
            publicUrl,
            Map.of(
                Language.VI, Texts.load(Language.VI, "cap"),
                Language.EN, Texts.load(Language.EN, "cap")));
    return setup -> new CapChannel(setup, publishing);
  }

  @Override
  public Outcome send(Message message) {
    try (Connection connection = publishing.database().getConnection()) {
      connection.setAutoCommit(false);
      Outcome outcome = publish(new CapStore(connection), message);
      connection.commit();
      return outcome;
    } catch (SQLException e) {
      return Outcome.retry(Sentence.NOT_STORED, "why", e.getMessage());
    }
  }

  private Outcome publish(CapStore store, Message message) throws SQLException {
    if (store.isPublished(message.outboxId())) {
      return Outcome.sent(Sentence.PUBLISHED_BEFORE);
    }
    if (message.isTest()) {
      CapDocument document = test(message);
      store.add(document, message.outboxId(), Optional.empty(), Optional.empty());
      return Outcome.sent(
          Sentence.PUBLISHED,
          "type",
          document.header().type().word(),
          "identifier",
          document.header().identifier());
    }
    Notice notice = message.notices().get(0);
    List<CapStore.Entry> chain = store.chain(notice.alertId());
    Optional<MsgType> type = type(notice, !chain.isEmpty());
    if (type.isEmpty()) {
      return Outcome.skipped(Sentence.NOTHING_NEW);
    }
    CapDocument document = document(message, notice, chain, type.get());
    store.add(
        document, message.outboxId(), Optional.of(notice.eventId()), Optional.of(notice.alertId()));
    return Outcome.sent(
        Sentence.PUBLISHED,
        "type",
        type.get().word(),
        "identifier",
        document.header().identifier());
  }

  /** What the step is to those who have read the chain so far; empty if it is nothing to them. */
  private Optional<MsgType> type(Notice notice, boolean isOpen) {
    if (isEnd(notice)) {
      return isOpen ? Optional.of(MsgType.CANCEL) : Optional.empty();
    }
    if (!isOpen) {
      return Optional.of(MsgType.ALERT);
    }
    boolean isNews = notice.renewal() > 0 || notice.fromLevel() != notice.toLevel();
    return isNews ? Optional.of(MsgType.UPDATE) : Optional.empty();
  }

  private boolean isEnd(Notice notice) {
    int least = notice.alertKind().equals(FLOOD) ? setup.minLevel() : 1;
    return notice.toLevel() < least || isWithdrawn(notice);
  }

  /** Nobody says that the water has fallen: it is only no longer told. */
  private static boolean isWithdrawn(Notice notice) {
    return notice.step().equals(Notice.SUPPRESSED) || notice.step().equals(Notice.SHELVED);
  }

  /** Likewise where what was told of is not measured any more. */
  private static boolean isOutOfSight(Notice notice) {
    return isWithdrawn(notice) || notice.step().equals(Notice.RECOUNTED);
  }

  private CapDocument document(
      Message message, Notice notice, List<CapStore.Entry> chain, MsgType type) {
    Instant sent = message.madeAt().truncatedTo(ChronoUnit.SECONDS);
    boolean isEnd = type == MsgType.CANCEL;
    boolean isOver = isEnd && notice.isOver();
    // What is taken back is so for as long as it would have held.
    Instant expires =
        isEnd
            ? later(chain.get(chain.size() - 1).expires(), sent.plusSeconds(60))
            : sent.plus(VALID_FOR);
    int level = Math.max(1, isEnd ? notice.fromLevel() : notice.toLevel());
    OptionalInt depth =
        notice.lowPointDepthMm().isPresent() ? notice.lowPointDepthMm() : notice.depthMm();
    CapDocument.Header header =
        new CapDocument.Header(
            identifier(message),
            setup.setting("sender"),
            sent,
            publishing.zone(),
            chain.isEmpty() ? status(notice.isMadeUp()) : chain.get(0).status(),
            type,
            chain.stream().map(CapStore.Entry::reference).toList(),
            Optional.of("floodmark-alert-" + notice.alertId()));
    List<CapDocument.Info> infos = new ArrayList<>();
    for (Language language : Language.values()) {
      infos.add(info(language, notice, type, depth));
    }
    return new CapDocument(
        header,
        CapDocument.Hazard.of(
            level,
            isEnd,
            isOver,
            notice.at().truncatedTo(ChronoUnit.SECONDS),
            expires,
            isEnd ? OptionalInt.empty() : depth),
        infos,
        area(areaName(notice), web(notice), notice.spots()));
  }

  private CapDocument test(Message message) {
    Instant sent = message.madeAt().truncatedTo(ChronoUnit.SECONDS);
    List<CapDocument.Info> infos = new ArrayList<>();
    for (Language language : Language.values()) {
      Texts words = publishing.texts().get(language);
      infos.add(
          new CapDocument.Info(
              words.of("language"),
              words.of("event.test"),
              words.of("headline.test"),
              words.of("description.test"),
              words.of("instruction.test")));
    }
    return new CapDocument(
        new CapDocument.Header(
            identifier(message),
            setup.setting("sender"),
            sent,
            publishing.zone(),
            TEST,
            MsgType.ALERT,
            List.of(),
            Optional.empty()),
        CapDocument.Hazard.test(sent, Duration.ofHours(1)),
        infos,
        area(setup.setting("senderName"), publishing.publicUrl().map(url -> url + "/"), List.of()));
  }

  private static String identifier(Message message) {
    return "fm-" + message.key();
  }

  /** A demo is an exercise; and who cannot be found on the web does not warn in earnest. */
  private String status(boolean isMadeUp) {
    if (isMadeUp) {
      return EXERCISE;
    }
    String wanted = setup.setting("status");
    if (wanted.equals(ACTUAL)) {
      return publishing.publicUrl().isPresent() ? ACTUAL : TEST;
    }
    return wanted.equals(EXERCISE) ? EXERCISE : TEST;
  }

  private CapDocument.Info info(Language language, Notice notice, MsgType type, OptionalInt depth) {
    Texts words = publishing.texts().get(language);
    String step =
        type != MsgType.CANCEL
            ? "on"
            : notice.isOver() ? "over" : isOutOfSight(notice) ? "withdrawn" : "below";
    String about = notice.alertKind().equals(FLOOD) ? FLOOD : "other";
    String level = words.of("level." + Math.max(1, notice.toLevel()));
    Map<String, String> values =
        Map.of(
            "place", notice.where(),
            "level", level,
            "at", CLOCK.format(notice.at().atZone(publishing.zone())),
            "cm", Long.toString(Math.round(depth.orElse(0) / 10.0)));
    String description = words.of("description." + about + "." + step, values);
    if (type != MsgType.CANCEL && depth.isPresent()) {
      description += " " + words.of("description.depth", values);
    }
    return new CapDocument.Info(
        words.of("language"),
        words.of("event." + about),
        shortened(words.of("headline." + about + "." + step, values)),
        description + " " + words.of("description.provisional"),
        words.of(
            type == MsgType.CANCEL
                ? "instruction." + step
                : "instruction.level." + Math.max(1, notice.toLevel())));
  }

  private CapDocument.Area area(String description, Optional<String> web, List<Notice.Spot> spots) {
    String contact = setup.setting("contact");
    String radius = setup.setting("radius");
    return new CapDocument.Area(
        description,
        setup.setting("senderName"),
        contact.isEmpty() ? Optional.empty() : Optional.of(contact),
        web,
        spots,
        radius.isEmpty() ? RADIUS_DEFAULT_M : Integer.parseInt(radius));
  }

  private static String areaName(Notice notice) {
    Optional<String> street = notice.place().flatMap(Notice.Place::street);
    return notice.where() + street.map(name -> ", " + name).orElse("");
  }

  private Optional<String> web(Notice notice) {
    return publishing
        .publicUrl()
        .map(url -> url + notice.place().map(place -> "/#/sensor/" + place.code()).orElse("/"));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static String shortened(String headline) {
    return headline.length() <= HEADLINE_CHARS_MAX
        ? headline
        : headline.substring(0, HEADLINE_CHARS_MAX - 1) + "…";
  }
}
