package io.floodmark.api.live;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.live.DoorbellListener;
import io.floodmark.live.Outages;
import io.floodmark.schema.Database;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every listening browser what changes. What it last told, and the list of event loops, are
 * owned by one event loop of its own; the doorbell's thread reads rows and hands them over there.
 *
 * <p>While the database is away clients stay, get heartbeats that say so, and begin again with a
 * snapshot when it is back.
 */
public final class LiveFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

  /** Alert events kept for clients that come back; a few days of an ordinary ward. */
  private static final int EVENTS_MAX = 512;

  /** How late the silence of a sensor may be noticed. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /**
   * How old levels may become while nobody has a map open; alerts are read at once all the same. As
   * long as a sensor is silent between two readings by default: to ask more often what comes next
   * at each of them is work for nobody.
   */
  private static final Duration UNWATCHED = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final InstantSource clock;
  private final Limits limits;
  private final Context context;
  private final Runnable outboxFilled;
  private final DoorbellListener doorbell;
  private final LiveReader reader;
  private final AtomicInteger clientsEverywhere = new AtomicInteger();
  private final StreetNow street = new StreetNow(EVENTS_MAX);
  private final List<LiveClients> loops = new ArrayList<>();
  private boolean databaseAway = true;

  /**
   * How much the feed takes on.
   *
   * @param clientsMax clients at once
   * @param heartbeat time between two heartbeats
   */
  public record Limits(int clientsMax, Duration heartbeat) {}

  /**
   * A feed that is not started yet.
   *
   * @param outboxFilled told when there is something to send to people, and whenever there may be
   */
  public LiveFeed(
      Vertx vertx, Database database, InstantSource clock, Limits limits, Runnable outboxFilled) {
    this.outboxFilled = outboxFilled;
    this.vertx = vertx;
    this.clock = clock;
    this.limits = limits;
    this.context = vertx.getOrCreateContext();
    this.reader = new LiveReader(database);
    this.doorbell = new DoorbellListener("floodmark-api-doorbell", database, new Ears());
  }

  /** Begins to listen; returns at once, whether or not the database is there. */
  public void start() {
    context.runOnContext(
        v -> {
          vertx.setPeriodic(TICK.toMillis(), id -> tick());
          vertx.setPeriodic(limits.heartbeat().toMillis(), id -> beat());
        });
    doorbell.start();
  }

  /**
   * The route for clients whose connections belong to {@code loop}.
   *
   * @param database where sessions are looked up
   */
  public Handler<RoutingContext> join(Context loop, DatabaseCalls database) {
    LiveClients clients =
        new LiveClients(loop, clock, database, clientsEverywhere, limits.clientsMax());
    context.runOnContext(
        v -> {
          loops.add(clients);
          clients.publish(update(List.of(), true));
        });
    return clients::accept;
  }

  /** Stops listening and ends all clients' responses. */
  @Override
  public void close() {
    doorbell.close();
    reader.close();
    context.runOnContext(v -> loops.forEach(LiveClients::closeAll));
  }

  /** When the database was away. */
  public Outages databaseOutages() {
    return doorbell.outages();
  }

  /** How many clients listen now. */
  public int clients() {
    return clientsEverywhere.get();
  }

  private void begin(LiveRows rows) {
    databaseAway = false;
    street.replaceAll(rows, clock.instant());
    publish(update(List.of(), true));
  }

  private void change(Set<Integer> sensorIds, LiveRows rows) {
    List<LiveEvent> events = street.change(sensorIds, rows, clock.instant());
    if (!events.isEmpty()) {
      publish(update(events, false));
    }
  }

  private void lose() {
    if (!databaseAway) {
      databaseAway = true;
      publish(update(List.of(), false));
      beat();
    }
  }

  private void tick() {
    List<LiveEvent> events = street.tick(clock.instant());
    if (!events.isEmpty()) {
      publish(update(events, false));
    }
  }

  private void beat() {
    LiveEvent heartbeat = LiveEvent.heartbeat(clock.instant(), databaseAway);
    loops.forEach(clients -> clients.beat(heartbeat));
  }

  private LiveUpdate update(List<LiveEvent> events, boolean beginAgain) {
    Optional<LiveSnapshot> snapshot =
        street.isKnown() ? Optional.of(street.snapshot()) : Optional.empty();
    return new LiveUpdate(snapshot, databaseAway, events, beginAgain);
  }

  private void publish(LiveUpdate update) {
    loops.forEach(clients -> clients.publish(update));
  }

  /** What the doorbell's thread does: read, hand over. */
  private final class Ears implements DoorbellListener.Listener {
    /** Whoever comes is given what was read last, and a moment later what has changed since. */
    @Override
    public Duration betweenReadings() {
      return clients() > 0 ? DoorbellListener.Listener.super.betweenReadings() : UNWATCHED;
    }

    @Override
    public void outboxFilled() {
      outboxFilled.run();
    }

    @Override
    public void connected() throws SQLException {
      outboxFilled.run();
      LiveRows rows = read(() -> reader.open(EVENTS_MAX));
      context.runOnContext(v -> begin(rows));
    }

    @Override
    public void readingsChanged(Set<Integer> sensorIds) throws SQLException {
      LiveRows rows = read(() -> reader.read(sensorIds));
      context.runOnContext(v -> change(sensorIds, rows));
    }

    @Override
    public void sensorsChanged(Set<Integer> sensorIds) throws SQLException {
      readingsChanged(sensorIds);
    }

    @Override
    public void reportsChanged(Set<Long> reportIds) throws SQLException {
      List<ReportChange> changes = reader.reports(reportIds);
      context.runOnContext(v -> loops.forEach(clients -> clients.tell(changes)));
    }

    @Override
    public void disconnected() {
      reader.close();
      context.runOnContext(v -> lose());
    }
  }

  @FunctionalInterface
  private interface Reading {
    LiveRows read() throws SQLException;
  }

  /** A row that cannot be understood must not end the doorbell's thread and leave pages dumb. */
  private static LiveRows read(Reading reading) throws SQLException {
    try {
      return reading.read();
    } catch (RuntimeException e) {
      log.error("What changed could not be read; everything is read again.", e);
      throw new SQLException("What changed could not be read.", e);
    }
  }
}
