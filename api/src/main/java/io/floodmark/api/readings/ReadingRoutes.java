package io.floodmark.api.readings;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.AcceptEncoding;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.api.http.WorkerBody;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.sensors.SensorRoutes;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /api/v1/sensors/{code}/readings}. */
public final class ReadingRoutes {
  private static final Logger log = LoggerFactory.getLogger(ReadingRoutes.class);

  private static final Map<Language, Texts> WORDS =
      Map.of(
          Language.VI, Texts.load(Language.VI, "doubts"),
          Language.EN, Texts.load(Language.EN, "doubts"));
  private static final String DETAIL = "detail";
  private static final String RAW = "raw";
  private static final List<String> DETAILS = List.of("none", "quality", RAW);
  private static final int MAX_POINTS_DEFAULT = 1_000;
  private static final int MAX_POINTS_LEAST = 10;
  private static final int MAX_POINTS_MOST = 10_000;
  private static final Duration DOWNLOAD_STALL_MAX = Duration.ofSeconds(30);

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Semaphore downloads;

  /**
   * Routes that read from {@code database}.
   *
   * @param zone by whose clock buckets begin at round times: a day is one of the ward's
   * @param downloads one for each that may run at once, whichever event loop began it: each holds a
   *     database thread for as long as it lasts
   */
  public ReadingRoutes(
      DatabaseCalls database, InstantSource clock, ZoneId zone, Semaphore downloads) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.downloads = downloads;
  }

  /** Readings reduced for a chart, or all as CSV where the client asks for that. */
  public void list(RoutingContext request) {
    if (wantsCsv(request.request().getHeader("Accept"))) {
      csv(request);
    } else {
      json(request);
    }
  }

  private void json(RoutingContext request) {
    String code = SensorRoutes.codeIn(request);
    QueryParameters query =
        new QueryParameters(request.queryParams(), "from", "to", "maxPoints", "detail", "lang");
    TimeRange range = TimeRange.of(query, clock.instant());
    Optional<Texts> words = words(query);
    boolean raw = query.choice(DETAIL, DETAILS).equals(RAW);
    int maxPoints =
        query.integer("maxPoints", MAX_POINTS_LEAST, MAX_POINTS_MOST).orElse(MAX_POINTS_DEFAULT);
    ZoneOffset offset = zone.getRules().getOffset(range.from());
    Duration step = StepLadder.stepFor(range, offset, maxPoints);
    Optional<String> acceptEncoding =
        Optional.ofNullable(request.request().getHeader("Accept-Encoding"));
    request.response().putHeader("Vary", "Accept");
    database
        .read(
            connection -> {
              ReadingRows.Source source =
                  ReadingRows.source(connection, code)
                      .orElseThrow(() -> SensorRoutes.unknown(code));
              List<Bucket> buckets = ReadingRows.buckets(connection, source, range, step, offset);
              byte[] body =
                  ReadingsJson.bytes(
                      code, range, step, source.reportInterval(), buckets, words, raw);
              return Representation.computed("application/json", body, acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), "no-cache"))
        .onFailure(request::fail);
  }

  /** What doubts are called, if somebody asks why there are any. */
  private static Optional<Texts> words(QueryParameters query) {
    String language = query.choice("lang", List.of("vi", "en"));
    return query.choice(DETAIL, DETAILS).equals("none")
        ? Optional.empty()
        : Optional.of(WORDS.get(Language.find(language).orElseThrow()));
  }

  private void csv(RoutingContext request) {
    String code = SensorRoutes.codeIn(request);
    if (request.queryParams().contains("maxPoints")) {
      throw new ProblemException(
          Problem.badParameter(
              "maxPoints", "CSV holds every reading and is not reduced: leave \"maxPoints\" out."));
    }
    QueryParameters query = new QueryParameters(request.queryParams(), "from", "to");
    TimeRange range = TimeRange.of(query, clock.instant());
    if (request.request().method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Content-Type", ReadingsCsv.CONTENT_TYPE).end();
      return;
    }
    if (!downloads.tryAcquire()) {
      throw new ProblemException(
          Problem.tooManyClients("Other downloads are under way. Try again in a minute."));
    }
    Context context = Vertx.currentContext();
    database
        .read(
            connection -> {
              ReadingRows.Source source =
                  ReadingRows.source(connection, code)
                      .orElseThrow(() -> SensorRoutes.unknown(code));
              try {
                OutputStream body = openCsv(request, context, code);
                ReadingsCsv.write(connection, source.sensorId(), code, range, body);
                // Only here: what is closed on the way out of a failure would look whole.
                body.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return code;
            })
        .onComplete(done -> downloads.release())
        .onFailure(failure -> cutShort(request, code, failure));
  }

  private static OutputStream openCsv(RoutingContext request, Context context, String code)
      throws IOException {
    HttpServerResponse response = request.response();
    boolean compress =
        AcceptEncoding.takesGzip(
            Optional.ofNullable(request.request().getHeader("Accept-Encoding")));
    response
        .setChunked(true)
        .putHeader("Content-Type", ReadingsCsv.CONTENT_TYPE)
        .putHeader("Content-Disposition", "attachment; filename=\"" + code + ".csv\"")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Vary", "Accept, Accept-Encoding");
    if (compress) {
      response.putHeader("Content-Encoding", "gzip");
    }
    WorkerBody body = new WorkerBody(context, response, DOWNLOAD_STALL_MAX);
    return compress ? new GZIPOutputStream(body, 8 * 1024) : body;
  }

  private static void cutShort(RoutingContext request, String code, Throwable failure) {
    if (failure instanceof UncheckedIOException) {
      log.debug("A download of {} ended early: {}", code, failure.getMessage());
      request.request().connection().close();
    } else {
      request.fail(failure);
    }
  }

  /**
   * Whether the header asks for CSV: names it, and before JSON where it names both with the same
   * weight (RFC 9110 §12.5.1). A browser that takes anything gets JSON.
   */
  static boolean wantsCsv(String accept) {
    if (accept == null) {
      return false;
    }
    double csv = 0;
    double json = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      String type = parts[0].strip();
      if (type.equals("text/csv")) {
        csv = Math.max(csv, weight(parts));
      } else if (type.equals("application/json")) {
        json = Math.max(json, weight(parts));
      }
    }
    return csv > json || (csv > 0 && csv == json && isFirst(accept, "text/csv"));
  }

  private static boolean isFirst(String accept, String type) {
    String lower = accept.toLowerCase(Locale.ROOT);
    return lower.indexOf(type) < lower.indexOf("application/json");
  }

  private static double weight(String... parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
