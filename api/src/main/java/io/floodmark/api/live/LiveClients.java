package io.floodmark.api.live;

import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Callers;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.routes.Routes;
import io.floodmark.staff.Right;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The clients of one event loop. All but {@link #publish}, {@link #beat} and {@link #closeAll} runs
 * on that loop, so clients begin between two updates, never in the middle of one.
 */
final class LiveClients {
  private static final Pattern EVENT_ID = Pattern.compile("\\d{1,18}");

  /** What may wait for a slow socket, the snapshot that fills it aside. */
  private static final int WRITE_QUEUE_BYTES = 128 * 1024;

  private static final Buffer GREETING = Buffer.buffer("retry: 2000\n\n");

  private final Context context;
  private final InstantSource clock;
  private final DatabaseCalls database;
  private final AtomicInteger clientsEverywhere;
  private final int clientsMax;
  private final Set<LiveClient> clients = new HashSet<>();
  private Optional<LiveSnapshot> snapshot = Optional.empty();
  private boolean databaseAway = true;

  /**
   * No clients yet.
   *
   * @param clientsEverywhere how many there are on all loops together
   * @param clientsMax how many there may be on all loops together
   */
  LiveClients(
      Context context,
      InstantSource clock,
      DatabaseCalls database,
      AtomicInteger clientsEverywhere,
      int clientsMax) {
    this.context = context;
    this.clock = clock;
    this.database = database;
    this.clientsEverywhere = clientsEverywhere;
    this.clientsMax = clientsMax;
  }

  /** {@code GET /api/v1/live}. */
  void accept(RoutingContext routing) {
    new QueryParameters(routing.queryParams());
    HttpServerRequest request = routing.request();
    HttpServerResponse response = request.response();
    response
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        // Tells nginx and its like to pass every event on at once.
        .putHeader("X-Accel-Buffering", "no");
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    if (clientsEverywhere.incrementAndGet() > clientsMax) {
      clientsEverywhere.decrementAndGet();
      throw new ProblemException(
          Problem.tooManyClients(
              "As many pages listen as this server serves. Ask /api/v1/sensors from time to time"
                  + " instead."));
    }
    LiveClient client = new LiveClient(response, lastEventId(request), session(request));
    clients.add(client);
    response.setChunked(true).setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
    // Both may be called for the same end; only the first counts.
    response.exceptionHandler(broken -> leave(client)).closeHandler(closed -> leave(client));
    response.drainHandler(drained -> catchUp(client));
    response.write(GREETING);
    begin(client);
  }

  /** Hands on what is new; called by any thread. */
  void publish(LiveUpdate update) {
    context.runOnContext(
        v -> {
          snapshot = update.snapshot();
          databaseAway = update.databaseAway();
          if (update.beginAgain()) {
            clients.forEach(this::begin);
          }
          for (LiveEvent event : update.events()) {
            clients.forEach(client -> client.offer(event));
          }
        });
  }

  /**
   * Tells staff of reports; called by any thread. Who may hear of one is asked anew each time: a
   * session that ended hears nothing more. Reports are rare and staff are few.
   */
  void tell(List<ReportChange> changes) {
    context.runOnContext(
        v -> {
          Map<LiveClient, String> staff = new HashMap<>();
          clients.forEach(
              client -> client.session().ifPresent(secret -> staff.put(client, secret)));
          if (!staff.isEmpty()) {
            // A failure needs no word: pages that missed it are up to date when they are reloaded.
            database
                .read(connection -> callers(connection, staff))
                .onSuccess(
                    callers -> callers.forEach((client, caller) -> tell(client, caller, changes)));
          }
        });
  }

  private Map<LiveClient, Caller> callers(Connection connection, Map<LiveClient, String> staff)
      throws SQLException {
    Map<LiveClient, Caller> callers = new HashMap<>();
    for (Map.Entry<LiveClient, String> client : staff.entrySet()) {
      Callers.ofSession(connection, client.getValue(), clock.instant())
          .filter(caller -> caller.may(Right.SEE_REPORTS) && !caller.mustChangePassword())
          .ifPresent(caller -> callers.put(client.getKey(), caller));
    }
    return callers;
  }

  private void tell(LiveClient client, Caller caller, List<ReportChange> changes) {
    for (ReportChange change : changes) {
      if (clients.contains(client) && caller.covers(change.groupId())) {
        client.offer(change.event());
      }
    }
  }

  private static Optional<String> session(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(Routes.SESSION_COOKIE)).map(Cookie::getValue);
  }

  /** Sends a heartbeat; called by any thread. */
  void beat(LiveEvent heartbeat) {
    context.runOnContext(v -> clients.forEach(client -> client.offer(heartbeat)));
  }

  /** Ends all responses; called by any thread. */
  void closeAll() {
    context.runOnContext(
        v -> {
          List<LiveClient> leaving = List.copyOf(clients);
          leaving.forEach(this::leave);
          leaving.forEach(LiveClient::end);
        });
  }

  private void begin(LiveClient client) {
    if (snapshot.isPresent()) {
      client.begin(snapshot.get(), clock.instant(), databaseAway);
    } else {
      // An EventSource gives up for good on any answer but 200, so it has to wait inside of one.
      client.offer(LiveEvent.heartbeat(clock.instant(), databaseAway));
    }
  }

  private void catchUp(LiveClient client) {
    if (client.isBehind() && clients.contains(client)) {
      client.caughtUp();
      begin(client);
    }
  }

  private void leave(LiveClient client) {
    if (clients.remove(client)) {
      clientsEverywhere.decrementAndGet();
    }
  }

  private static OptionalLong lastEventId(HttpServerRequest request) {
    String id = request.getHeader("Last-Event-ID");
    return id != null && EVENT_ID.matcher(id).matches()
        ? OptionalLong.of(Long.parseLong(id))
        : OptionalLong.empty();
  }
}
