package io.floodmark.api.routes;

import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * One request on a route of ours, once it is known who makes it. Confined to its event loop, but
 * for the plain values, which a database call may read.
 *
 * @param context Vert.x's own
 * @param caller who it is
 * @param language of pages and messages
 * @param address of the client, as the guessing limits count it
 */
public record Visit(RoutingContext context, Caller caller, Language language, String address) {
  /** What changes with the reader is kept by nobody. */
  private static final String PRIVATE = "private, no-store";

  /** The request itself. */
  public HttpServerRequest request() {
    return context.request();
  }

  /** The client's header, which decides whether to compress. */
  public Optional<String> acceptEncoding() {
    return Optional.ofNullable(request().getHeader("Accept-Encoding"));
  }

  /**
   * The page of ours from which this was sent, as a path with its query; browsers may keep it to
   * themselves.
   */
  public Optional<String> pageBefore() {
    String referer = request().getHeader("Referer");
    HostAndPort asked = request().authority();
    if (referer == null || asked == null) {
      return Optional.empty();
    }
    try {
      URI page = new URI(referer);
      String path = page.getRawPath() == null ? "" : page.getRawPath();
      return asked.toString().equalsIgnoreCase(page.getRawAuthority())
              && path.startsWith("/")
              && !path.startsWith("//")
          ? Optional.of(page.getRawQuery() == null ? path : path + "?" + page.getRawQuery())
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * A number in the path.
   *
   * @throws ProblemException with 404 if it is none
   */
  public long id(String name) {
    String text = context.pathParam(name);
    if (text == null || !text.matches("\\d{1,18}")) {
      throw new ProblemException(Problem.notFound("There is nothing with this number."));
    }
    return Long.parseLong(text);
  }

  /** Answers with a page or with data that is for this reader only. */
  public void send(Representation answer) {
    answer.send(request(), PRIVATE);
  }

  /** Answers a form with the address where to go on (303: by GET). */
  public void seeOther(String location) {
    request()
        .response()
        .setStatusCode(303)
        .putHeader("Location", location)
        .putHeader("Cache-Control", "no-store")
        .end();
  }

  /** Hands a failure to the server's one place for them. */
  public void fail(Throwable failure) {
    context.fail(failure);
  }
}
