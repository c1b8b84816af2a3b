package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of one client (§4.1). Most are sensors that subscribe to nothing, so what is seldom
 * needed is made when it is. Guarded by the broker's lock.
 */
final class Session {
  private final long id;
  private final ClientKey client;
  private final Outbox.Shared shared;

  private long expirySeconds;

  /** Whether the journal knows it: then its row is there, or will be, or another has taken it. */
  private boolean told;

  private Optional<BrokerConnection> connection = Optional.empty();
  private Optional<Instant> leftAt = Optional.empty();
  private Map<String, Subscription> subscriptions = Map.of();
  private Set<Integer> received = Set.of();
  private Optional<Outbox> outbox = Optional.empty();

  /** The will of the last connection, while it is delayed. */
  private Optional<Deadlines.Deadline<Wills.Delayed>> will = Optional.empty();

  /** When it ends, while nobody is connected. */
  private Optional<Deadlines.Deadline<Session>> end = Optional.empty();

  /**
   * A session that nobody is connected to.
   *
   * @param id never used for another session, also not after a restart
   */
  Session(long id, ClientKey client, long expirySeconds, Outbox.Shared shared) {
    this.id = id;
    this.client = client;
    this.expirySeconds = expirySeconds;
    this.shared = shared;
  }

  long id() {
    return id;
  }

  ClientKey client() {
    return client;
  }

  long expirySeconds() {
    return expirySeconds;
  }

  void setExpirySeconds(long seconds) {
    expirySeconds = seconds;
  }

  /** Whether it outlives its connection, and a restart. */
  boolean isDurable() {
    return expirySeconds > 0;
  }

  boolean isConnected() {
    return connection.isPresent();
  }

  Optional<BrokerConnection> connection() {
    return connection;
  }

  /** When its last connection closed; empty while there is one. */
  Optional<Instant> leftAt() {
    return leftAt;
  }

  /** It was there before a restart. */
  void restore(Instant left) {
    leftAt = Optional.of(left);
    told = true;
  }

  /** The journal is told of it. Whether it was not before. */
  boolean tell() {
    boolean isNew = !told;
    told = true;
    return isNew;
  }

  void attach(BrokerConnection attached) {
    connection = Optional.of(attached);
    leftAt = Optional.empty();
    outbox.ifPresent(Outbox::attached);
  }

  void detach(Instant now) {
    connection = Optional.empty();
    leftAt = Optional.of(now);
    outbox.ifPresent(Outbox::detached);
  }

  /** Tells its connection that there may be something to send. */
  void wake() {
    connection.ifPresent(attached -> attached.outlet().wake());
  }

  Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  int subscriptionCount() {
    return subscriptions.size();
  }

  boolean isSubscribed(TopicFilter filter) {
    return subscriptions.containsKey(filter.text());
  }

  void subscribe(Subscription subscription) {
    if (subscriptions.isEmpty()) {
      subscriptions = new LinkedHashMap<>(4);
    }
    subscriptions.put(subscription.filter().text(), subscription);
  }

  /** Whether it was there. */
  boolean unsubscribe(TopicFilter filter) {
    return isSubscribed(filter) && subscriptions.remove(filter.text()) != null;
  }

  /** Packet ids of messages of QoS 2 that were received and not released (§4.3.3). */
  Set<Integer> received() {
    return received;
  }

  /** Whether the packet id means a new message. */
  boolean receive(int packetId) {
    if (received.isEmpty()) {
      received = new HashSet<>(4);
    }
    return received.add(packetId);
  }

  /** Whether the packet id was in use. */
  boolean release(int packetId) {
    return received.contains(packetId) && received.remove(packetId);
  }

  /** What is on its way to it. */
  Outbox outbox() {
    if (outbox.isEmpty()) {
      outbox = Optional.of(new Outbox(this, shared));
    }
    return outbox.get();
  }

  /** The same, if there ever was something. */
  Optional<Outbox> findOutbox() {
    return outbox;
  }

  /** What goes to another member of a group now that nobody is connected. */
  List<Entry> takeUnsentShared() {
    return outbox.map(Outbox::takeUnsentShared).orElse(List.of());
  }

  /** The same now that the session ends. */
  List<Entry> takeShared() {
    return outbox.map(Outbox::takeShared).orElse(List.of());
  }

  Optional<Deadlines.Deadline<Wills.Delayed>> will() {
    return will;
  }

  void setWill(Optional<Deadlines.Deadline<Wills.Delayed>> delayed) {
    will = delayed;
  }

  Optional<Deadlines.Deadline<Session>> end() {
    return end;
  }

  void setEnd(Optional<Deadlines.Deadline<Session>> due) {
    end = due;
  }
}
