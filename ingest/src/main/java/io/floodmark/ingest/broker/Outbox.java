package io.floodmark.ingest.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is on its way to one session, and the sender's side of QoS 1 and 2 (§4.3, §4.4). Guarded by
 * the broker's lock.
 *
 * <p>What has to outlive a restart is written with its packet id before it is sent, and a PUBREC
 * before PUBREL is: so the same packet id means the same message to the client also after a
 * restart, and nothing of QoS 2 comes twice.
 */
final class Outbox {
  /** What the outboxes of all sessions share. */
  record Shared(BrokerLimits limits, Journal journal, BrokerCounters counters, Queued queued) {}

  private final Session session;
  private final Shared shared;

  /** Sent in an earlier connection and not acknowledged: before all others (MQTT-4.4.0-1). */
  private final ArrayDeque<Entry> again = new ArrayDeque<>();

  /** QoS 1 and 2, not sent yet. */
  private final Backlog waiting;

  /** QoS 0. */
  private final Backlog immediate;

  private final Newest newest = new Newest();

  /** Nobody was connected, and too many states waited: all are to be told when somebody is. */
  private boolean statesForgotten;

  /** QoS 1 and 2 whose exchange has begun. */
  private final InFlight inFlight = new InFlight();

  /** What {@link Queued} was told, and as whose. */
  private int told;

  private boolean toldConnected;
  private boolean ended;

  Outbox(Session session, Shared shared) {
    this.session = session;
    this.shared = shared;
    this.waiting = new Backlog(shared.limits());
    this.immediate = new Backlog(shared.limits());
  }

  /** Puts in a message; if there is too much, the oldest that was not sent yet makes room. */
  void add(Entry entry) {
    put(entry);
    tell();
  }

  private void put(Entry entry) {
    if (entry.qos() == 0 && !session.isConnected()) {
      drop(entry, BrokerCounters.Drop.OFFLINE);
      return;
    }
    if (entry.way.newestOnly()) {
      if (entry.way.isState() && statesForgotten) {
        return;
      }
      supersede(entry);
    }
    if (isWritten(entry) && !inFlight.number(entry)) {
      drop(entry, BrokerCounters.Drop.QUEUE_FULL);
      return;
    }
    if (entry.way.newestOnly()) {
      newest.put(entry);
      boundNewest();
    } else {
      Backlog backlog = entry.qos() == 0 ? immediate : waiting;
      backlog.add(entry);
      while (backlog.isTooLong()) {
        drop(backlog.poll(), BrokerCounters.Drop.QUEUE_FULL);
      }
    }
    write(entry, () -> entry.safe = true);
  }

  /** A connection is there: what was begun in an earlier one goes on (§4.4). */
  void attached() {
    List<Entry> sent = inFlight.resume();
    for (int i = sent.size() - 1; i >= 0; i--) {
      Entry entry = sent.get(i);
      entry.stage = Entry.Stage.WAITING;
      entry.dup = true;
      again.addFirst(entry);
    }
    tell();
  }

  /** The connection is gone: what may get lost is lost (§4.3.1). */
  void detached() {
    while (!immediate.isEmpty()) {
      drop(immediate.poll(), BrokerCounters.Drop.OFFLINE);
    }
    for (Entry entry : newest.all()) {
      if (entry.qos() == 0) {
        newest.remove(entry);
        drop(entry, BrokerCounters.Drop.OFFLINE);
      }
    }
    boundNewest();
    tell();
  }

  /** The session is no more, or is elsewhere: what waits here does not count. */
  void ended() {
    tell(0);
    ended = true;
  }

  /** Whether all states have to be told to whoever has connected now; once. */
  boolean takeStatesForgotten() {
    boolean forgotten = statesForgotten;
    statesForgotten = false;
    return forgotten;
  }

  /** Drops what is not sent in this connection, of topics that it may have no more. */
  void dropUnsent(Predicate<String> topics) {
    List<Entry> gone = new ArrayList<>(newest.all());
    gone.addAll(again);
    gone.removeIf(entry -> !topics.test(entry.message.topic()));
    gone.forEach(newest::remove);
    again.removeAll(gone);
    gone.addAll(waiting.take(entry -> topics.test(entry.message.topic())));
    gone.forEach(entry -> drop(entry, BrokerCounters.Drop.NOT_ALLOWED));
    tell();
  }

  /** The next packet to send. */
  Optional<Outgoing> poll(Instant now, int window, int packetBytesMax) {
    Optional<Outgoing> packet = nextPacket(now, window, packetBytesMax);
    tell();
    return packet;
  }

  private Optional<Outgoing> nextPacket(Instant now, int window, int packetBytesMax) {
    Optional<Entry> release = inFlight.pollRelease();
    if (release.isPresent()) {
      return Optional.of(new Outgoing.Release(release.get().packetId));
    }
    for (Optional<Entry> next = next(window); next.isPresent(); next = next(window)) {
      Entry entry = next.get();
      take(entry);
      if (!entry.dup && entry.message.hasExpired(now)) {
        drop(entry, BrokerCounters.Drop.EXPIRED);
      } else if (entry.qos() > 0 && entry.packetId == 0 && !inFlight.number(entry)) {
        drop(entry, BrokerCounters.Drop.QUEUE_FULL);
      } else {
        Outgoing.Publish packet = packet(entry, now);
        if (PacketSize.of(packet) <= packetBytesMax) {
          return Optional.of(sent(entry, packet));
        }
        // As if it were sent and done (MQTT-3.1.2-25).
        drop(entry, BrokerCounters.Drop.TOO_LARGE);
      }
    }
    return Optional.empty();
  }

  /** PUBACK. */
  void acknowledged(int packetId) {
    inFlight.find(packetId).filter(entry -> entry.qos() == 1).ifPresent(this::finish);
    tell();
  }

  /** PUBREC; whether its message is known. */
  boolean received(int packetId, boolean success) {
    Optional<Entry> found = inFlight.find(packetId).filter(entry -> entry.qos() == 2);
    if (found.isEmpty()) {
      return false;
    }
    Entry entry = found.get();
    if (!success) {
      finish(entry);
      tell();
    } else if (entry.stage == Entry.Stage.SENT) {
      entry.stage = Entry.Stage.RECEIVED;
      entry.safe = false;
      write(entry, () -> release(entry));
    } else if (entry.safe) {
      inFlight.release(entry);
    }
    return true;
  }

  /** PUBCOMP. */
  void completed(int packetId) {
    inFlight
        .find(packetId)
        .filter(entry -> entry.stage == Entry.Stage.RECEIVED)
        .ifPresent(this::finish);
    tell();
  }

  /** Takes in what was written before a restart, oldest first; packet ids are given. */
  void restore(List<Entry> entries) {
    int begun = 0;
    for (Entry entry : entries) {
      entry.safe = true;
      inFlight.reserve(entry);
      // Whatever was sent is among the oldest, as many as were allowed at a time.
      boolean maybeSent = begun++ < shared.limits().inFlightMax();
      if (entry.stage == Entry.Stage.RECEIVED) {
        inFlight.begin(entry);
      } else if (maybeSent) {
        entry.dup = true;
        again.add(entry);
      } else if (entry.way.newestOnly()) {
        newest.put(entry);
      } else {
        waiting.add(entry);
      }
    }
    tell();
  }

  /**
   * Whoever is connected takes as much as may be retained. Of what waits for others there is no
   * more than of anything else; but no state is lost: there are no more of them than topics, and
   * they are told again.
   */
  private void boundNewest() {
    BrokerLimits limits = shared.limits();
    boolean away = !session.isConnected();
    int countMax = away ? limits.queuedMax() : limits.retainedMax();
    long bytesMax = away ? limits.queuedBytesMax() : limits.retainedBytesMax();
    for (Optional<Entry> oldest = newest.pollBeyond(countMax, bytesMax);
        oldest.isPresent();
        oldest = newest.pollBeyond(countMax, bytesMax)) {
      drop(oldest.get(), BrokerCounters.Drop.QUEUE_FULL);
    }
    if (away && newest.stateCount() > limits.queuedMax()) {
      newest.clearStates();
      statesForgotten = true;
    }
  }

  /** Takes out what was not sent yet and a group that has others connected chose this one for. */
  List<Entry> takeUnsentShared() {
    List<Entry> taken = waiting.takeShared(ShareGroup::isConnected);
    taken.forEach(this::finish);
    tell();
    return taken;
  }

  /**
   * The session ends: takes out what a group chose it for and may go to another member, which is
   * all but messages of QoS 2 that may have been sent (MQTT-4.8.2-5).
   */
  List<Entry> takeShared() {
    List<Entry> taken = new ArrayList<>();
    for (List<Entry> begun : List.of(inFlight.all(), List.copyOf(again))) {
      for (Entry entry : begun) {
        if (entry.way.share().isPresent() && entry.qos() == 1) {
          taken.add(entry);
        }
      }
    }
    taken.addAll(waiting.takeShared(group -> true));
    return taken;
  }

  /** How many messages wait or are in flight. */
  int size() {
    return again.size() + waiting.size() + immediate.size() + newest.size() + inFlight.size();
  }

  private void tell() {
    if (!ended) {
      tell(size());
    }
  }

  private void tell(int size) {
    shared.queued().add(-told, toldConnected);
    toldConnected = session.isConnected();
    told = size;
    shared.queued().add(told, toldConnected);
  }

  private void supersede(Entry entry) {
    Optional<Entry> found = newest.find(entry.message.topic());
    if (found.isEmpty()) {
      return;
    }
    Entry before = found.get();
    if (before.message.equals(entry.message)) {
      Set<Integer> ids = new LinkedHashSet<>(before.way.subscriptionIds());
      ids.addAll(entry.way.subscriptionIds());
      entry.way =
          new Entry.Way(
              Math.max(before.qos(), entry.qos()),
              entry.way.retain(),
              true,
              entry.way.isState(),
              List.copyOf(ids),
              entry.way.share());
      finish(before);
    } else {
      drop(before, BrokerCounters.Drop.SUPERSEDED);
    }
    if (entry.way.isState()) {
      // It takes the other's place, or what changes often would never be sent.
      entry.order = before.order;
    } else {
      newest.remove(before);
    }
  }

  private Optional<Entry> next(int window) {
    boolean room = inFlight.size() < window;
    if (room && !again.isEmpty()) {
      return Optional.of(again.peek());
    }
    Optional<Entry> first = immediate.first();
    first = earlier(first, waiting.first().filter(entry -> room && entry.safe));
    return earlier(first, newest.first().filter(entry -> entry.qos() == 0 || (room && entry.safe)));
  }

  private static Optional<Entry> earlier(Optional<Entry> one, Optional<Entry> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().order < other.get().order ? one : other;
  }

  private void take(Entry entry) {
    if (entry == again.peek()) {
      again.poll();
    } else if (entry.way.newestOnly()) {
      newest.remove(entry);
    } else {
      (entry.qos() == 0 ? immediate : waiting).poll();
    }
  }

  private Outgoing.Publish packet(Entry entry, Instant now) {
    return new Outgoing.Publish(
        entry.message,
        entry.qos(),
        entry.way.retain(),
        entry.dup,
        entry.packetId,
        entry.way.subscriptionIds(),
        secondsLeft(entry.message, now));
  }

  /** Rounded up: as long as its time is not over there is a second left. */
  private static OptionalLong secondsLeft(Message message, Instant now) {
    if (message.expiresAt().isEmpty()) {
      return OptionalLong.empty();
    }
    long millis = Duration.between(now, message.expiresAt().get()).toMillis();
    return OptionalLong.of(Math.max(0, (millis + 999) / 1_000));
  }

  private Outgoing.Publish sent(Entry entry, Outgoing.Publish packet) {
    if (entry.qos() > 0) {
      entry.stage = Entry.Stage.SENT;
      inFlight.begin(entry);
    }
    shared.counters().countSent();
    return packet;
  }

  private void release(Entry entry) {
    entry.safe = true;
    if (session.isConnected()) {
      inFlight.release(entry);
    }
  }

  private boolean isWritten(Entry entry) {
    return entry.isWritten() && session.isDurable();
  }

  private void write(Entry entry, Runnable whenSafe) {
    if (isWritten(entry)) {
      shared
          .journal()
          .queued(
              session,
              entry,
              () -> {
                whenSafe.run();
                session.wake();
              });
    } else {
      whenSafe.run();
      session.wake();
    }
  }

  private void drop(Entry entry, BrokerCounters.Drop reason) {
    finish(entry);
    shared.counters().countDropped(reason);
  }

  /** Nothing more is to be done for it; its packet id is free. */
  private void finish(Entry entry) {
    if (entry.packetId > 0) {
      inFlight.finish(entry);
    }
    if (isWritten(entry)) {
      shared.journal().done(session, entry);
    }
  }
}
