package io.floodmark.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An error as RFC 9457 has it. Immutable.
 *
 * @param slug what kind of problem, for programs: the end of its {@code type}
 * @param status HTTP status, 400 to 599
 * @param title what kind of problem, for people
 * @param detail a sentence that says what to do
 * @param parameter the query parameter or field at fault, if one is
 * @param retryAfterS seconds after which another try makes sense, if one does
 * @param allow the methods that the route has, where another was asked for
 */
public record Problem(
    String slug,
    int status,
    String title,
    String detail,
    Optional<String> parameter,
    OptionalInt retryAfterS,
    Optional<String> allow) {
  /** The media type of every error. */
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:floodmark:problem:";

  private static Problem of(String slug, int status, String title, String detail) {
    return new Problem(
        slug, status, title, detail, Optional.empty(), OptionalInt.empty(), Optional.empty());
  }

  private static Problem passing(String slug, String title, String detail, int retryAfterS) {
    return new Problem(
        slug, 503, title, detail, Optional.empty(), OptionalInt.of(retryAfterS), Optional.empty());
  }

  /** 400, for a query parameter that is unknown or has an impossible value. */
  public static Problem badParameter(String parameter, String detail) {
    return new Problem(
        "bad-parameter",
        400,
        "Bad parameter",
        detail,
        Optional.of(parameter),
        OptionalInt.empty(),
        Optional.empty());
  }

  /** 400, for a request that is no HTTP of ours. */
  public static Problem badRequest(String detail) {
    return of("bad-request", 400, "Bad request", detail);
  }

  /** 401: nobody signed in, or no longer. */
  public static Problem unauthorized(String detail) {
    return of("unauthorized", 401, "Not signed in", detail);
  }

  /** 403: signed in, but not for this. */
  public static Problem forbidden(String detail) {
    return of("forbidden", 403, "Not allowed", detail);
  }

  /** 409: it was changed, or ended, by somebody else meanwhile. */
  public static Problem conflict(String detail) {
    return of("conflict", 409, "Conflict", detail);
  }

  /** 410: it was there, and will not be again. */
  public static Problem gone(String detail) {
    return of("gone", 410, "Gone", detail);
  }

  /** 413: a body larger than the route takes. */
  public static Problem tooLarge(String detail) {
    return of("too-large", 413, "Too large", detail);
  }

  /** 415: a body of another media type than the route takes. */
  public static Problem unsupportedMediaType(String detail) {
    return of("unsupported-media-type", 415, "Unsupported media type", detail);
  }

  /** 422: readable, but a value in it is impossible; {@code field} names it. */
  public static Problem invalid(String field, String detail) {
    return new Problem(
        "invalid",
        422,
        "Invalid value",
        detail,
        Optional.of(field),
        OptionalInt.empty(),
        Optional.empty());
  }

  /** 429: too many tries; another makes sense after {@code retryAfterS} seconds. */
  public static Problem tooManyRequests(String detail, int retryAfterS) {
    return new Problem(
        "too-many-requests",
        429,
        "Too many tries",
        detail,
        Optional.empty(),
        OptionalInt.of(retryAfterS),
        Optional.empty());
  }

  /** 404. */
  public static Problem notFound(String detail) {
    return of("not-found", 404, "Not found", detail);
  }

  /** 405, naming in {@code allow} the methods that there are. */
  public static Problem methodNotAllowed(String method, String allow) {
    return new Problem(
        "method-not-allowed",
        405,
        "Method not allowed",
        "This address does not answer " + method + ". Use " + allow + ".",
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(allow));
  }

  /** 500; what went wrong stands in the log, not here. */
  public static Problem internal() {
    return of(
        "internal",
        500,
        "Internal error",
        "The server failed on this request. Its log says why, under this address and time.");
  }

  /** 503: no connection to the database. */
  public static Problem databaseAway() {
    return passing(
        "database-away",
        "Database away",
        "The database does not answer. Try again in a few seconds.",
        2);
  }

  /** 503: a database, but none of ours yet. */
  public static Problem noSchema() {
    return passing(
        "no-schema",
        "No schema",
        "The database has no Floodmark schema yet. Wait for the process that lays it, or look into"
            + " its log.",
        5);
  }

  /** 503: more requests wait than the server takes on. */
  public static Problem overloaded() {
    return passing(
        "overloaded",
        "Too busy",
        "Too many requests are waiting for the database. Try again in a few seconds.",
        2);
  }

  /** 503: the database was stopped in the middle of too much work. */
  public static Problem tooSlow() {
    return passing(
        "too-slow", "Took too long", "The answer took too long. Ask for a shorter range.", 30);
  }

  /** 503: as many clients as the server takes on are served already. */
  public static Problem tooManyClients(String detail) {
    return passing("too-many-clients", "Too many clients", detail, 30);
  }

  /** The body, in UTF-8. {@code instance} is the path that was asked for. */
  byte[] body(String instance) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", TYPE_PREFIX + slug);
          json.writeStringField("title", title);
          json.writeNumberField("status", status);
          json.writeStringField("detail", detail);
          json.writeStringField("instance", instance);
          if (parameter.isPresent()) {
            json.writeStringField("parameter", parameter.get());
          }
          json.writeEndObject();
        });
  }

  /** Answers {@code request} with it; closes the connection where an answer has begun already. */
  public void send(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.headWritten()) {
      // A body cut short must not look whole.
      request.connection().close();
      return;
    }
    byte[] body = body(request.path() == null ? "" : request.path());
    // What the route had said of the answer that it could not give.
    response.headers().remove("ETag").remove("Content-Encoding").remove("Content-Disposition");
    response
        .setChunked(false)
        .setStatusCode(status)
        .putHeader("Content-Type", CONTENT_TYPE)
        .putHeader("Content-Length", Integer.toString(body.length))
        .putHeader("Cache-Control", "no-store");
    retryAfterS.ifPresent(s -> response.putHeader("Retry-After", Integer.toString(s)));
    allow.ifPresent(methods -> response.putHeader("Allow", methods));
    response.end(Buffer.buffer(body));
  }
}
