package io.floodmark.api.tagpage;

import static io.floodmark.api.access.GuessLimit.Kind.PLATE_BY_ADDRESS;

import io.floodmark.api.access.Guard;
import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.plate.PlateCode;
import io.floodmark.plate.PlateState;
import io.floodmark.staff.Right;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /q/:code} and {@code /Q/:code}: no redirect, any case. Whatever happens, a resident
 * gets a page with the map, a way to report and the emergency numbers.
 */
public final class TagRoutes {
  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final PageKit kit;
  private final Optional<String> host;
  private final PageStyle style = PageStyle.load();
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /**
   * Routes that read from {@code database}.
   *
   * @param zone the ward's clock
   * @param publicUrl the address that stands on the plates, if it is set
   */
  public TagRoutes(
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      PageKit kit,
      Optional<String> publicUrl) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.kit = kit;
    this.host = publicUrl.map(url -> URI.create(url).getHost());
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "tagpage"));
    }
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get("/q/:code", Guard.EVERYBODY, this::page);
    routes.get("/Q/:code", Guard.EVERYBODY, this::page);
  }

  private void page(Visit visit) {
    String typed = visit.context().pathParam("code");
    Optional<PlateCode> code = PlateCode.parse(typed);
    database
        .read(
            connection -> {
              Instant now = clock.instant();
              TagPage page = around(visit, code, now);
              Optional<Duration> wait =
                  GuessLimit.check(connection, PLATE_BY_ADDRESS, visit.address(), now);
              if (wait.isPresent()) {
                return message(visit, page, 429, "blocked")
                    .retryAfter(GuessLimit.retryAfterS(wait.get()));
              }
              // No plate has a code that cannot be read; it is not even looked up.
              Optional<Tag> tag =
                  code.isPresent() ? TagRows.find(connection, code.get(), now) : Optional.empty();
              if (tag.isEmpty()) {
                GuessLimit.fail(connection, PLATE_BY_ADDRESS, visit.address(), now);
                return message(visit, page, 404, code.isPresent() ? "unknown" : "mistyped");
              }
              return answer(visit, page, tag.get(), TagPhotos.of(connection, code.orElseThrow()));
            })
        .recover(failure -> trouble(visit, failure, code))
        .onSuccess(answer -> answer.send(visit, style))
        .onFailure(visit::fail);
  }

  private TagAnswer answer(Visit visit, TagPage page, Tag tag, List<TagPhotos.Photo> photos) {
    if (tag.state().isOver()) {
      return message(visit, page, 410, tag.state().key());
    }
    if (tag.thing().isEmpty()) {
      return message(visit, page, 200, "unbound");
    }
    TaggedThing thing = tag.thing().get();
    String html =
        kit.templates()
            .html(
                TagPage.templateOf(thing),
                Map.of(
                    "page",
                    page,
                    "thing",
                    new ThingWords(page, thing),
                    "photos",
                    photos,
                    "mounted",
                    tag.state() == PlateState.MOUNTED));
    return TagAnswer.page(200, html, visit.acceptEncoding());
  }

  private TagAnswer message(Visit visit, TagPage page, int status, String key) {
    String html = kit.templates().html("tagpage/message.jte", Map.of("page", page, "key", key));
    return TagAnswer.page(status, html, visit.acceptEncoding());
  }

  /** The database is away or overloaded: the numbers to call do not depend on it. */
  private Future<TagAnswer> trouble(Visit visit, Throwable failure, Optional<PlateCode> code) {
    if (!(failure instanceof ProblemException known) || known.problem().status() != 503) {
      return Future.failedFuture(failure);
    }
    TagPage page = around(visit, code, clock.instant());
    return Future.succeededFuture(
        message(visit, page, 503, "away").retryAfter(known.problem().retryAfterS().orElse(5)));
  }

  private TagPage around(Visit visit, Optional<PlateCode> code, Instant now) {
    return new TagPage(
        texts.get(visit.language()),
        visit.language(),
        zone,
        now,
        style.css(),
        kit.staticBase(),
        host,
        code,
        visit.caller().may(Right.MOUNT_PLATES));
  }
}
