package io.floodmark.api.cap;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Routes;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** {@code GET /cap/feed.atom} and {@code /cap/{id}.xml}. */
public final class CapRoutes {
  /** Well under what readers of feeds take at once. */
  private static final int ENTRIES_MAX = 100;

  private static final String FILE_END = ".xml";

  /** Others fetch a feed every minute or so; a warning is worth asking for. */
  private static final String FEED_CACHE = "no-cache";

  /** A document never changes. */
  private static final String FILE_CACHE = "public, max-age=31536000, immutable";

  private final DatabaseCalls database;
  private final ZoneId zone;
  private final Optional<String> publicUrl;

  /** Routes over {@code database}; links begin with {@code publicUrl}. */
  public CapRoutes(DatabaseCalls database, ZoneId zone, Optional<String> publicUrl) {
    this.database = database;
    this.zone = zone;
    this.publicUrl = publicUrl;
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.read(CapFeed.PATH, this::feed);
    routes.read("/cap/:file", this::file);
  }

  private void feed(RoutingContext request) {
    Optional<String> acceptEncoding = acceptEncoding(request);
    database
        .read(
            connection -> {
              CapStore store = new CapStore(connection);
              if (!store.isOpen()) {
                throw new ProblemException(
                    Problem.notFound(
                        "This ward publishes no CAP feed. An administrator can add one at"
                            + " /staff/channels."));
              }
              String feed = CapFeed.of(store.newest(ENTRIES_MAX), publicUrl, zone, Instant.EPOCH);
              return Representation.computed(
                  CapFeed.CONTENT_TYPE, feed.getBytes(StandardCharsets.UTF_8), acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), FEED_CACHE))
        .onFailure(request::fail);
  }

  private void file(RoutingContext request) {
    String file = request.pathParam("file");
    Optional<String> acceptEncoding = acceptEncoding(request);
    database
        .read(
            connection -> {
              Optional<String> document =
                  file.endsWith(FILE_END)
                      ? new CapStore(connection)
                          .document(file.substring(0, file.length() - FILE_END.length()))
                      : Optional.empty();
              return Representation.computed(
                  CapFeed.CAP_TYPE,
                  document
                      .orElseThrow(
                          () ->
                              new ProblemException(
                                  Problem.notFound(
                                      "There is no CAP document of that name. Those there are"
                                          + " stand in /cap/feed.atom.")))
                      .getBytes(StandardCharsets.UTF_8),
                  acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), FILE_CACHE))
        .onFailure(request::fail);
  }

  private static Optional<String> acceptEncoding(RoutingContext request) {
    return Optional.ofNullable(request.request().getHeader("Accept-Encoding"));
  }
}
