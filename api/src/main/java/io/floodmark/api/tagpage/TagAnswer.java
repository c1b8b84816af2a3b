package io.floodmark.api.tagpage;

import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Visit;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of a plate, ready to be sent.
 *
 * @param status HTTP status
 * @param body the page
 * @param retryAfterS seconds after which another try makes sense, if one does
 */
record TagAnswer(int status, Representation body, OptionalLong retryAfterS) {
  private static final String HTML = "text/html; charset=utf-8";

  /**
   * The language is in a cookie, and staff see more: nobody's proxy keeps it. A phone may for a
   * moment: whoever goes back and forth need not load it again. Staff have just changed what they
   * look at: they ask every time.
   */
  private static final String BRIEFLY = "private, max-age=15";

  static TagAnswer page(int status, String html, Optional<String> acceptEncoding) {
    return new TagAnswer(
        status,
        Representation.computed(HTML, html.getBytes(StandardCharsets.UTF_8), acceptEncoding),
        OptionalLong.empty());
  }

  TagAnswer retryAfter(long seconds) {
    return new TagAnswer(status, body, OptionalLong.of(seconds));
  }

  void send(Visit visit, PageStyle style) {
    HttpServerResponse response = visit.request().response();
    if (response.closed()) {
      return;
    }
    response
        .putHeader("Content-Security-Policy", style.contentSecurityPolicy())
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Robots-Tag", "noindex, nofollow")
        .putHeader("Content-Language", visit.language().code());
    response.headers().add("Vary", "Cookie");
    retryAfterS.ifPresent(s -> response.putHeader("Retry-After", Long.toString(s)));
    if (status == 200) {
      body.send(visit.request(), visit.caller().isSomebody() ? "private, no-cache" : BRIEFLY);
    } else {
      // Only what is there is compared with what the client has (RFC 9110 §13.2.1).
      visit.request().headers().remove("If-None-Match");
      response.setStatusCode(status);
      body.send(visit.request(), "no-store");
    }
  }
}
