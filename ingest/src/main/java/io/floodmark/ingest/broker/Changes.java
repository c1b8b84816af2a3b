package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has changed since the last batch, and whom to tell when it is safe. Of what changed several
 * times only the last counts, so it holds no more than there is. Filled within the broker's lock;
 * once taken it belongs to the thread that writes, and nothing in it changes any more.
 */
final class Changes {
  /** What a change takes beside its payload, in bytes, about. */
  private static final int OVERHEAD_BYTES = 200;

  /**
   * A session as it is.
   *
   * @param claims whether it is new, and so whatever other session of its client is written counts
   *     no more; else nothing is changed of one that another process has taken
   */
  record SessionRow(
      long id,
      String account,
      String clientId,
      long expirySeconds,
      Optional<Instant> leftAt,
      boolean claims) {}

  /** Which subscription. */
  record SubscriptionKey(long sessionId, String filter) {}

  /** Which message that waits. */
  record QueuedKey(long sessionId, long place) {}

  /**
   * How it is sent.
   *
   * @param received whether PUBREC has come
   * @param share the filter of the group that chose the session
   */
  record QueuedRow(
      int packetId,
      boolean received,
      Message message,
      int qos,
      boolean retain,
      boolean newestOnly,
      List<Integer> subscriptionIds,
      Optional<String> share) {}

  /** Which packet id of QoS 2. */
  record ReceivedKey(long sessionId, int packetId) {}

  final Map<Long, SessionRow> sessions = new LinkedHashMap<>();
  final Set<Long> ended = new LinkedHashSet<>();

  // An empty value: it is no more.
  final Map<SubscriptionKey, Optional<Subscription>> subscriptions = new LinkedHashMap<>();
  final Map<String, Optional<Message>> retained = new LinkedHashMap<>();
  final Map<QueuedKey, Optional<QueuedRow>> queued = new LinkedHashMap<>();
  final Map<ReceivedKey, Boolean> received = new LinkedHashMap<>();

  private final List<Runnable> whenSafe = new ArrayList<>();
  private final List<Runnable> receipts = new ArrayList<>();
  private long payloadBytes;

  void session(Session session) {
    SessionRow before = sessions.get(session.id());
    boolean isNew = session.tell();
    sessions.put(
        session.id(),
        new SessionRow(
            session.id(),
            session.client().account(),
            session.client().clientId(),
            session.expirySeconds(),
            session.leftAt(),
            isNew || (before != null && before.claims())));
  }

  /** Sessions of which something changes that are written already. */
  Set<Long> olderSessions() {
    Set<Long> ids = new TreeSet<>(sessions.keySet());
    subscriptions.keySet().forEach(key -> ids.add(key.sessionId()));
    queued.keySet().forEach(key -> ids.add(key.sessionId()));
    received.keySet().forEach(key -> ids.add(key.sessionId()));
    sessions.values().stream().filter(SessionRow::claims).forEach(row -> ids.remove(row.id()));
    ids.removeAll(ended);
    return ids;
  }

  void subscription(SubscriptionKey key, Optional<Subscription> subscription) {
    if (subscriptions.put(key, subscription) == null) {
      payloadBytes += key.filter().length();
    }
  }

  void queued(QueuedKey key, Optional<QueuedRow> row) {
    payloadBytes += row.map(Changes::bytes).orElse(0L);
    Optional<QueuedRow> before = queued.put(key, row);
    if (before != null) {
      payloadBytes -= before.map(Changes::bytes).orElse(0L);
    }
  }

  void retained(String topic, Optional<Message> message) {
    payloadBytes += message.map(Message::sizeBytes).orElse(0);
    Optional<Message> before = retained.put(topic, message);
    if (before != null) {
      payloadBytes -= before.map(Message::sizeBytes).orElse(0);
    }
  }

  /** Runs within the broker's lock once this is safe. */
  void whenSafe(Runnable task) {
    whenSafe.add(task);
  }

  /**
   * Runs afterwards without the lock.
   *
   * @param bytes what it holds in memory beside itself
   */
  void receipt(Runnable task, int bytes) {
    receipts.add(task);
    payloadBytes += bytes;
  }

  /** Tells everybody within the lock that it is safe. */
  void tellSafe() {
    whenSafe.forEach(Runnable::run);
  }

  List<Runnable> receipts() {
    return receipts;
  }

  /** How many things have changed. */
  int count() {
    return sessions.size()
        + ended.size()
        + subscriptions.size()
        + retained.size()
        + queued.size()
        + received.size();
  }

  /** About what it takes in memory. */
  long bytes() {
    return payloadBytes + (long) OVERHEAD_BYTES * (count() + receipts.size());
  }

  /** Whether there is nobody to tell and nothing to write. */
  boolean isEmpty() {
    return count() == 0 && whenSafe.isEmpty() && receipts.isEmpty();
  }

  private static long bytes(QueuedRow row) {
    return row.message().sizeBytes();
  }
}
