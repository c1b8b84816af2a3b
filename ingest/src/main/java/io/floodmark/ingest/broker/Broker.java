package io.floodmark.ingest.broker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions, subscriptions and retained messages, and how a message finds its way among them.
 *
 * <p>Safe for use by any thread. One lock guards all that it holds; nothing in it blocks, and
 * nothing that could call back is called while it is held, but for {@link Outlet}, which only hands
 * over.
 *
 * <p><b>Order.</b> Messages of one publisher reach a subscriber in the order in which they were
 * published, those of QoS 0 and those of QoS 1 and 2 each for themselves (§4.6). A message that
 * matches several subscriptions of a session is sent once, with the highest QoS and all their
 * identifiers (§3.3.4).
 *
 * <p><b>The server's own messages</b> ({@link #publishState}) tell a state that the tables have:
 * they are retained, of QoS 1, and never written. Of those of a topic that wait for a session only
 * the newest is sent.
 */
public final class Broker {
  private static final Logger log = LoggerFactory.getLogger(Broker.class);

  private static final int STATES_A_STEP = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final BrokerLimits limits;
  private final InstantSource clock;
  private final BrokerCounters counters;
  private final Journal journal;
  private final Router router;
  private final Sessions sessions;
  private final Outbox.Shared shared;
  private final Queued queued = new Queued();
  private final Wills wills;
  private final Endings endings;

  /** What is to be run once the lock is free. */
  private List<Runnable> after = new ArrayList<>();

  private long lastSessionId;

  /**
   * An empty broker.
   *
   * @param sessionId ids given to sessions are larger
   */
  Broker(
      BrokerLimits limits,
      Access access,
      InstantSource clock,
      BrokerCounters counters,
      Journal journal,
      long sessionId) {
    this.limits = limits;
    this.clock = clock;
    this.counters = counters;
    this.journal = journal;
    this.lastSessionId = sessionId;
    this.router = new Router(limits, access, journal, counters);
    this.sessions = new Sessions(limits);
    this.shared = new Outbox.Shared(limits, journal, counters, queued);
    this.wills = new Wills(counters, this::afterwards);
    this.endings = new Endings(sessions, router, journal, wills, counters, clock);
  }

  /**
   * A broker whose sessions end with the process.
   *
   * @param access who may be sent what
   * @param clock for everything that expires
   */
  public static Broker inMemory(
      BrokerLimits limits, Access access, InstantSource clock, BrokerCounters counters) {
    return new Broker(limits, access, clock, counters, Journal.NONE, 0);
  }

  /**
   * Takes in a connection. Another of the same client is {@linkplain Outlet#end ended} (§3.1.4).
   * {@link Outlet#wake} may come before this returns.
   */
  public ConnectResult connect(ConnectRequest request) {
    return guarded(() -> connectLocked(request));
  }

  /**
   * Publishes without a connection: a will, or a message of an operator.
   *
   * @param from who is behind it, for No Local
   * @param receipt told once it is safe
   */
  public void publish(ClientKey from, Message message, Consumer<PublishOutcome> receipt) {
    run(() -> publishLocked(journal.changes(), from, message, false, receipt));
  }

  /** Makes {@code payload} the state of {@code topic}; tells those subscribed if it is new. */
  public void publishState(String topic, byte[] payload) {
    run(() -> state(topic, payload));
  }

  /**
   * Makes {@code payloads} all the states that there are. One thread at a time tells states, so
   * that none is told in between.
   */
  public void replaceStates(Map<String, byte[]> payloads) {
    Set<String> before = guarded(() -> Set.copyOf(router.retained().stateTopics()));
    inSteps(
        before.stream().filter(topic -> !payloads.containsKey(topic)).toList(),
        this::clearStateLocked);
    inSteps(List.copyOf(payloads.keySet()), topic -> state(topic, payloads.get(topic)));
  }

  /** Others have their turn at the lock in between. */
  private void inSteps(List<String> topics, Consumer<String> step) {
    for (int from = 0; from < topics.size(); from += STATES_A_STEP) {
      List<String> some = topics.subList(from, Math.min(topics.size(), from + STATES_A_STEP));
      run(() -> some.forEach(step));
    }
  }

  /** There is no state of {@code topic} any more; nobody is told. */
  public void clearState(String topic) {
    run(() -> clearStateLocked(topic));
  }

  private void clearStateLocked(String topic) {
    if (router.retained().stateTopics().contains(topic)) {
      router.retained().remove(topic);
    }
  }

  /** Ends all sessions of an account that may no longer be here, and their connections. */
  public void endAccount(String account) {
    run(() -> endings.endAccount(account));
  }

  /**
   * Ends the sessions of all accounts that do not {@code exist}, now and when what was written
   * before a restart is read: they may have gone while nobody was there to see it.
   *
   * @param exist whether there is an account; called within the broker's lock, must be quick
   */
  public void keepAccounts(Predicate<String> exist) {
    run(() -> endings.keepAccounts(exist));
  }

  /** Does what time alone brings: wills that are due, sessions and messages that expire. */
  public void tick() {
    run(
        () -> {
          Instant now = clock.instant();
          wills.sayDue(now);
          endings.endOverdue();
          for (Optional<String> due = router.retained().expired(now);
              due.isPresent();
              due = router.retained().expired(now)) {
            journal.cleared(due.get());
          }
        });
  }

  /**
   * From now on no will is said: it is we who stop. Connections are closed by whoever holds them.
   */
  public void stop() {
    run(wills::stop);
  }

  /** Whether so much waits to be committed that reading from publishers has to stop. */
  public boolean isFull() {
    return guarded(journal::isFull);
  }

  /**
   * Runs {@code resume} once there is room again, at once if there is, in place of an earlier one
   * of {@code key}. It must only hand over and ask again.
   */
  public void whenRoom(Object key, Runnable resume) {
    run(
        () -> {
          if (journal.isFull()) {
            journal.whenRoom(key, resume);
          } else {
            after.add(resume);
          }
        });
  }

  /** Nobody waits for room under {@code key} any more; what is about to run still may. */
  public void forget(Object key) {
    run(() -> journal.forget(key));
  }

  /** Sessions that there are, whether or not somebody is connected. */
  public int sessionCount() {
    return guarded(sessions::size);
  }

  /** What it holds now; costs no more for more of it. */
  public BrokerFigures figures() {
    return guarded(
        () ->
            new BrokerFigures(
                sessions.durableCount() - sessions.leftCount(),
                sessions.leftCount(),
                router.subscriptionCount(),
                router.retained().count(),
                router.retained().bytes(),
                router.retained().stateTopics().size(),
                queued.connected(),
                queued.offline(),
                journal.bytes()));
  }

  /** What is counted. */
  public BrokerCounters counters() {
    return counters;
  }

  /**
   * Takes in what was written before a restart, when nobody is connected yet; and tells it what the
   * server has told meanwhile.
   *
   * @param sessionId ids given to sessions are larger from now on
   */
  void restore(StoredBroker stored, long sessionId) {
    run(
        () -> {
          lastSessionId = sessionId;
          stored.retained().forEach(message -> router.restore(message, now()));
          // All have to be there before the first ends: its messages may be another's.
          List<Session> restored = new ArrayList<>();
          for (StoredBroker.StoredSession from : stored.sessions()) {
            Changes.SessionRow row = from.row();
            Session session =
                new Session(
                    row.id(),
                    new ClientKey(row.account(), row.clientId()),
                    row.expirySeconds(),
                    shared);
            session.restore(row.leftAt().orElseGet(this::now));
            sessions.add(session);
            restored.add(session);
            // Groups are known once their members' subscriptions are.
            router.restore(session, from);
          }
          router.tellStates();
          for (Session session : restored) {
            endings.left(session);
          }
          endings.endOverdue();
          endings.endGoneAccounts();
        });
  }

  /** Runs {@code work} with the lock, and then, without it, what it has left for afterwards. */
  <T> T guarded(Supplier<T> work) {
    List<Runnable> left;
    T result;
    lock.lock();
    try {
      result = work.get();
      left = after;
      if (!left.isEmpty()) {
        after = new ArrayList<>();
      }
    } finally {
      lock.unlock();
    }
    for (Runnable each : left) {
      runSafely(each);
    }
    return result;
  }

  /** The same without a result. */
  void run(Runnable work) {
    guarded(
        () -> {
          work.run();
          return true;
        });
  }

  /** Runs what does not belong to us: it must not keep the others waiting. */
  static void runSafely(Runnable other) {
    try {
      other.run();
    } catch (RuntimeException e) {
      log.error("Somebody could not be told of something, and goes without.", e);
    }
  }

  /** With the lock: runs {@code later} once it is free. */
  void afterwards(Runnable later) {
    after.add(later);
  }

  Instant now() {
    return clock.instant();
  }

  BrokerLimits limits() {
    return limits;
  }

  Router router() {
    return router;
  }

  Endings endings() {
    return endings;
  }

  Journal journal() {
    return journal;
  }

  Sessions sessions() {
    return sessions;
  }

  /** With the lock: runs {@code receipt} once what was changed since {@code before} is safe. */
  void whenSafe(long before, Runnable receipt) {
    whenSafe(before, receipt, 0);
  }

  /**
   * The same.
   *
   * @param bytes what {@code receipt} holds in memory, about
   */
  void whenSafe(long before, Runnable receipt, int bytes) {
    if (journal.changes() == before || journal.isIdle()) {
      after.add(receipt);
    } else {
      journal.afterwards(receipt, bytes);
    }
  }

  /** With the lock: runs {@code receipt} once all that was changed is safe. */
  void whenAllSafe(Runnable receipt) {
    whenAllSafe(receipt, 0);
  }

  /** The same, with about what {@code receipt} holds in memory. */
  void whenAllSafe(Runnable receipt, int bytes) {
    whenSafe(-1, receipt, bytes);
  }

  /** With the lock: publishes what belongs to the changes since {@code before}. */
  void publishLocked(
      long before,
      ClientKey from,
      Message message,
      boolean refusable,
      Consumer<PublishOutcome> receipt) {
    counters.countPublished();
    PublishOutcome outcome = router.publish(Optional.of(from), message, false, refusable);
    whenSafe(before, () -> receipt.accept(outcome));
  }

  /** With the lock: a durable session has another interval, and may end with its connection. */
  void setExpiry(Session session, long wantedSeconds) {
    long seconds = Math.min(wantedSeconds, limits.sessionExpirySecondsMax());
    if (session.isDurable() && seconds == 0) {
      journal.ended(session.id());
    }
    sessions.setExpiry(session, seconds);
  }

  private ConnectResult connectLocked(ConnectRequest request) {
    long expirySeconds = Math.min(request.sessionExpirySeconds(), limits.sessionExpirySecondsMax());
    endings.endOverdue();
    sessions.find(request.client()).flatMap(Session::connection).ifPresent(endings::takeOver);
    if (request.cleanStart()) {
      sessions.find(request.client()).ifPresent(endings::end);
    }
    Optional<Session> present = sessions.find(request.client());
    Session session = present.orElseGet(() -> newSession(request.client(), expirySeconds));
    sessions.notOffline(session);
    wills.cancel(session);
    setExpiry(session, expirySeconds);
    BrokerConnection connection = new BrokerConnection(this, session, request);
    session.attach(connection);
    journal.session(session);
    if (session.findOutbox().filter(Outbox::takeStatesForgotten).isPresent()) {
      router.tellStates(session, now());
    }
    if (session.findOutbox().isPresent()) {
      session.wake();
    }
    return new ConnectResult(connection, present.isPresent(), expirySeconds);
  }

  private Session newSession(ClientKey client, long expirySeconds) {
    Session session = new Session(++lastSessionId, client, expirySeconds, shared);
    sessions.add(session);
    return session;
  }

  private void state(String topic, byte[] payload) {
    if (!router.retained().isState(topic, payload)) {
      router.publish(Optional.empty(), Message.of(topic, payload, 1, true), true, false);
    }
  }
}
