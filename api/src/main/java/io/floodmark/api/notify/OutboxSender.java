package io.floodmark.api.notify;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbox. One thread claims; a few others send and settle, each for one
 * channel at a time, so that a channel that does not answer holds up no other. Any number of
 * processes may do this over one database.
 *
 * <p>The doorbell wakes it; without a ring it looks every second. Safe for use by any thread.
 */
public final class OutboxSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutboxSender.class);

  /** Channels that may be busy at once. */
  private static final int SENDS_MAX = 8;

  private static final int CONNECTIONS = 3;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration SETTLE_AGAIN_AFTER = Duration.ofMillis(200);
  private static final Duration STOP_WITHIN = Channel.SEND_WITHIN.plusSeconds(2);

  private final HikariDataSource pool;
  private final InstantSource clock;
  private final Outbox outbox;
  private final Duration sendWithin;
  private final Map<ChannelKind, Channel.Opener> openers;
  private final List<Chore> chores;
  private final ExecutorService senders;
  private final Thread claimer;
  private final Semaphore rings = new Semaphore(0);
  private final Semaphore free = new Semaphore(SENDS_MAX);
  private final Set<Chore> failing = ConcurrentHashMap.newKeySet();
  private final Set<Long> ours = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private volatile boolean away;

  /** Something to be done about once a second, in a transaction of its own. */
  @FunctionalInterface
  public interface Chore {
    /** Does it. */
    void run(Connection connection) throws SQLException;
  }

  /**
   * A sender that has not started.
   *
   * @param pool closed with it; needs three connections
   * @param sendWithin the longest that it waits for a send, well below {@link Outbox#LEASE}; what
   *     takes longer is given up and tried again
   * @param openers by kind; what is of another kind is refused
   * @param chores done beside it
   */
  public OutboxSender(
      HikariDataSource pool,
      InstantSource clock,
      Outbox outbox,
      Duration sendWithin,
      Map<ChannelKind, Channel.Opener> openers,
      List<Chore> chores) {
    this.pool = pool;
    this.clock = clock;
    this.outbox = outbox;
    this.sendWithin = sendWithin;
    this.openers = Map.copyOf(openers);
    this.chores = List.copyOf(chores);
    AtomicInteger made = new AtomicInteger();
    this.senders =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "floodmark-send-" + made.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.claimer = new Thread(this::run, "floodmark-outbox");
    this.claimer.setDaemon(true);
  }

  /** How many connections the pool should have. */
  public static int connections() {
    return CONNECTIONS;
  }

  /** Begins to send; returns at once, whether or not the database is there. */
  public void start() {
    claimer.start();
  }

  /** There is something to send. */
  public void wake() {
    rings.release();
  }

  /** Claims no more, and waits for what is being sent: a stop of ours sends nothing twice. */
  @Override
  public void close() {
    stopping = true;
    wake();
    senders.shutdown();
    try {
      claimer.join(STOP_WITHIN.toMillis());
      if (!senders.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("A message was not sent in time before the stop; it may be sent again later.");
        senders.shutdownNow();
      }
    } catch (InterruptedException e) {
      senders.shutdownNow();
      Thread.currentThread().interrupt();
    }
    pool.close();
  }

  private void run() {
    long looked = System.nanoTime() - LOOK_EVERY.toNanos();
    while (!stopping) {
      try {
        if (System.nanoTime() - looked >= LOOK_EVERY.toNanos()) {
          looked = System.nanoTime();
          lookAround();
        }
        sendAllThatIsDue();
        away = false;
        rings.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        rings.drainPermits();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException e) {
        tell(e);
        pause();
      } catch (RuntimeException e) {
        // A bug of ours must not silence the ward: say it loudly, go on.
        log.error("The outbox was not looked through.", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      rings.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  private void tell(SQLException e) {
    if (!away && !stopping) {
      log.warn("Nothing can be sent while the database is away: {}", e.getMessage());
    }
    away = true;
  }

  private void lookAround() throws SQLException {
    inTransaction(
        connection -> {
          Outbox.release(connection, ours, clock.instant());
          return true;
        });
    for (Chore chore : chores) {
      run(chore);
    }
  }

  /** A chore that fails, be it every time, must not keep warnings from going out. */
  private void run(Chore chore) throws SQLException {
    try {
      inTransaction(
          connection -> {
            chore.run(connection);
            return true;
          });
      failing.remove(chore);
    } catch (SQLException e) {
      if (isAway(e)) {
        throw e;
      }
      tellFailing(chore, e);
    } catch (RuntimeException e) {
      tellFailing(chore, e);
    }
  }

  private void tellFailing(Chore chore, Exception e) {
    if (failing.add(chore)) {
      log.error("A chore beside sending fails and is tried every second; sending goes on.", e);
    }
  }

  /** Of the connection (08, and the pool's own), or the server stops or starts (57P). */
  private static boolean isAway(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientConnectionException
        || (state != null && (state.startsWith("08") || state.startsWith("57P")));
  }

  private void sendAllThatIsDue() throws SQLException, InterruptedException {
    while (!stopping) {
      if (!free.tryAcquire()) {
        // Whoever becomes free rings.
        return;
      }
      Optional<Outbox.Claim> claim = Optional.empty();
      try {
        claim = inTransaction(connection -> outbox.claim(connection, clock.instant()));
      } finally {
        if (claim.isEmpty()) {
          free.release();
        }
      }
      if (claim.isEmpty()) {
        return;
      }
      Outbox.Claim claimed = claim.get();
      ours.add(claimed.message().outboxId());
      senders.execute(() -> deliver(claimed));
    }
  }

  private void deliver(Outbox.Claim claim) {
    try {
      long began = System.nanoTime();
      Outcome outcome = send(claim);
      settle(claim, outcome, Duration.ofNanos(System.nanoTime() - began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ours.remove(claim.message().outboxId());
      free.release();
      // The next one of this channel may go now.
      wake();
    }
  }

  private Outcome send(Outbox.Claim claim) throws InterruptedException {
    Channel.Opener opener = openers.get(claim.setup().kind());
    if (opener == null) {
      return Outcome.refused(Said.Sentence.KIND_UNKNOWN);
    }
    // A thread of its own: looking up a name can neither be given a limit nor be interrupted.
    FutureTask<Outcome> sending =
        new FutureTask<>(() -> opener.open(claim.setup()).send(claim.message()));
    Thread thread = new Thread(sending, "floodmark-send-message-" + claim.message().outboxId());
    thread.setDaemon(true);
    thread.start();
    try {
      return sending.get(sendWithin.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Outcome.retry(Said.Sentence.TOO_SLOW, "seconds", sendWithin.toSeconds());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        return Outcome.refused(Said.Sentence.SETTING_WRONG, "why", wrong.getMessage());
      }
      log.error("Sending over {} failed.", claim.setup(), e.getCause());
      return Outcome.retry(Said.Sentence.FAILED);
    } finally {
      sending.cancel(true);
    }
  }

  /** What was sent has to be noted, however long the database is away. */
  private void settle(Outbox.Claim claim, Outcome outcome, Duration took)
      throws InterruptedException {
    if (outcome.kind() == Outcome.Kind.REFUSED) {
      log.warn("{} refused a message: {}", claim.setup(), outcome.detail());
    }
    while (true) {
      try {
        inTransaction(
            connection -> {
              outbox.settle(connection, claim, outcome, took, clock.instant());
              return true;
            });
        return;
      } catch (SQLException e) {
        tell(e);
      }
      LockSupport.parkNanos(SETTLE_AGAIN_AFTER.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("Stopped before it was noted that a message was sent.");
      }
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      // Left unfinished, the pool rolls it back when the connection returns.
      T result = work.in(connection);
      connection.commit();
      return result;
    }
  }
}
