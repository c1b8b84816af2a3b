package io.floodmark.ingest.broker;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the tables would have after some batches, and a broker that writes to them. */
public final class PaperTables {
  private static final int RUN_SHIFT = 32;

  private final Map<Long, Changes.SessionRow> sessions = new TreeMap<>();
  private final Map<Changes.SubscriptionKey, Subscription> subscriptions = new HashMap<>();
  private final Map<Long, TreeMap<Long, Changes.QueuedRow>> queued = new HashMap<>();
  private final Set<Changes.ReceivedKey> received = new HashSet<>();
  private final Map<String, Message> retained = new TreeMap<>();
  private long runs;

  private final InstantSource clock;
  private final BrokerLimits limits;
  private WrittenJournal journal;
  private Broker broker;
  private int wakes;

  /** Empty tables, and the first process on them. */
  public PaperTables(InstantSource clock, BrokerLimits limits) {
    this.clock = clock;
    this.limits = limits;
    start();
  }

  /** A new process: all that was not committed is gone. */
  public Broker start() {
    return start(fresh -> {});
  }

  /** The same, and something happens before what is in the tables is read. */
  Broker start(Consumer<Broker> before) {
    runs++;
    journal = new WrittenJournal(limits.unwrittenBytesMax(), () -> wakes++);
    broker = new Broker(limits, Access.ALL, clock, new BrokerCounters(), journal, 0);
    before.accept(broker);
    broker.restore(stored(), runs << RUN_SHIFT);
    return broker;
  }

  /** That of the process that runs. */
  public Broker broker() {
    return broker;
  }

  /** Whether there is something to write. */
  public boolean isIdle() {
    return broker.guarded(journal::isIdle);
  }

  int wakes() {
    return wakes;
  }

  /** Takes a batch; a crash may come between this and {@link #finish}. */
  Optional<Changes> begin() {
    return broker.guarded(journal::take);
  }

  /** It is in the tables. */
  void apply(Changes changes) {
    for (long id : changes.ended) {
      sessions.remove(id);
      queued.remove(id);
      subscriptions.keySet().removeIf(key -> key.sessionId() == id);
      received.removeIf(key -> key.sessionId() == id);
    }
    changes.sessions.forEach(
        (id, row) -> {
          if (row.claims() || sessions.containsKey(id)) {
            sessions.put(id, row);
          }
        });
    changes.subscriptions.forEach(
        (key, value) -> {
          subscriptions.remove(key);
          value
              .filter(there -> sessions.containsKey(key.sessionId()))
              .ifPresent(there -> subscriptions.put(key, there));
        });
    changes.queued.forEach(
        (key, value) -> {
          Map<Long, Changes.QueuedRow> rows =
              queued.computeIfAbsent(key.sessionId(), id -> new TreeMap<>());
          rows.remove(key.place());
          value
              .filter(there -> sessions.containsKey(key.sessionId()))
              .ifPresent(there -> rows.put(key.place(), there));
        });
    changes.received.forEach(
        (key, inUse) -> {
          received.remove(key);
          if (inUse && sessions.containsKey(key.sessionId())) {
            received.add(key);
          }
        });
    changes.retained.forEach(
        (topic, message) -> {
          retained.remove(topic);
          message.ifPresent(there -> retained.put(topic, there));
        });
  }

  /** And everybody is told. */
  void finish() {
    broker.run(() -> journal.committed().forEach(broker::afterwards));
  }

  /** Writes all that there is. */
  public void commit() {
    for (Optional<Changes> batch = begin(); batch.isPresent(); batch = begin()) {
      apply(batch.get());
      finish();
    }
  }

  private StoredBroker stored() {
    List<StoredBroker.StoredSession> found = new ArrayList<>();
    for (Changes.SessionRow row : sessions.values()) {
      List<StoredBroker.StoredMessage> messages = new ArrayList<>();
      queued
          .getOrDefault(row.id(), new TreeMap<>())
          .forEach((place, one) -> messages.add(new StoredBroker.StoredMessage(place, one)));
      List<Subscription> subscribed = new ArrayList<>();
      subscriptions.forEach(
          (key, one) -> {
            if (key.sessionId() == row.id()) {
              subscribed.add(one);
            }
          });
      Set<Integer> packetIds = new HashSet<>();
      received.forEach(
          key -> {
            if (key.sessionId() == row.id()) {
              packetIds.add(key.packetId());
            }
          });
      found.add(new StoredBroker.StoredSession(row, subscribed, messages, packetIds));
    }
    return new StoredBroker(found, List.copyOf(retained.values()));
  }
}
