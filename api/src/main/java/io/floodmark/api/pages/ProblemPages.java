package io.floodmark.api.pages;

import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers a request that went wrong: to a browser with a page that says in its language what
 * happened and what to do, to everything else with the problem document. Confined to the event loop
 * of the request.
 */
public final class ProblemPages {
  /** Whose own words say all there is to say. */
  private static final Set<String> WHOLE =
      Set.of(
          Routes.SIGNED_OUT,
          Routes.OLD_FORM,
          "report-link",
          "report-link-wait",
          "internal",
          "database-away",
          "overloaded");

  private final PageKit kit;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /** Pages in the frame of {@code kit}. */
  public ProblemPages(PageKit kit) {
    this.kit = kit;
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff", "problems"));
    }
  }

  /**
   * What the page says.
   *
   * @param text what happened and what to do
   * @param detail the problem in English, where the text is a general one; else empty
   * @param wasTyped whether something was sent that is not kept
   * @param ways where to go from here
   */
  public record Told(String text, String detail, boolean wasTyped, List<Way> ways) {}

  /** A link out of the page; the first is the likeliest. */
  public record Way(String address, String textKey, boolean isFirst) {}

  /** Answers {@code request} with what {@code failure} is about. */
  public void send(RoutingContext request, ProblemException failure) {
    HttpServerResponse response = request.response();
    if (response.closed()
        || response.ended()
        || response.headWritten()
        || !isForReader(request.request())) {
      failure.problem().send(request.request());
      return;
    }
    Problem problem = failure.problem();
    Representation page = page(request, problem, failure.story());
    // What the route had said of the answer that it could not give.
    response.headers().remove("ETag").remove("Content-Encoding").remove("Content-Disposition");
    response.setChunked(false).setStatusCode(problem.status());
    problem.retryAfterS().ifPresent(s -> response.putHeader("Retry-After", Integer.toString(s)));
    problem.allow().ifPresent(methods -> response.putHeader("Allow", methods));
    page.send(request.request(), "no-store");
  }

  /** Whether somebody looks at the answer: programs get no pages, whatever they accept. */
  private static boolean isForReader(HttpServerRequest request) {
    String accept = request.getHeader("Accept");
    String path = request.path() == null ? "" : request.path();
    return accept != null
        && accept.contains("text/html")
        && !path.startsWith("/api/")
        && !path.startsWith("/static/")
        && !path.startsWith("/health/");
  }

  private Representation page(RoutingContext request, Problem problem, String asked) {
    Visit visit = Routes.visitOf(request);
    Texts words = texts.get(visit.language());
    String story = words.has("story." + asked + ".title") ? asked : "other";
    boolean wasTyped = request.request().method().equals(HttpMethod.POST);
    return kit.page(
        visit,
        "problems/problem.jte",
        kit.frame(visit, "story." + story + ".title", "", words),
        Map.of(
            "told",
            new Told(
                words.of("story." + story + ".text"),
                WHOLE.contains(story) ? "" : problem.detail(),
                wasTyped,
                ways(visit, story, wasTyped))));
  }

  private static List<Way> ways(Visit visit, String story, boolean wasTyped) {
    List<Way> ways = new ArrayList<>();
    Optional<String> before = wasTyped ? visit.pageBefore() : Optional.empty();
    if (story.equals(Routes.SIGNED_OUT)) {
      ways.add(
          new Way(
              Routes.SIGN_IN
                  + before
                      .map(page -> "?next=" + URLEncoder.encode(page, StandardCharsets.UTF_8))
                      .orElse(""),
              "problem.signIn",
              true));
    } else {
      before.ifPresent(page -> ways.add(new Way(page, "problem.again", true)));
    }
    if (visit.caller().isSomebody()) {
      ways.add(new Way("/staff", "problem.desk", ways.isEmpty()));
    }
    if (story.startsWith("report-link")) {
      ways.add(new Way("/report", "problem.report", false));
    }
    ways.add(new Way("/", "problem.map", ways.isEmpty()));
    return ways;
  }
}
