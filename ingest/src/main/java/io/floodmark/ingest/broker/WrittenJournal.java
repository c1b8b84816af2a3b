package io.floodmark.ingest.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what has to be written, until the thread that writes takes all of it: the next batch is
 * what came while the last was committed. Guarded by the broker's lock.
 */
final class WrittenJournal implements Journal {
  private static final byte[] NOTHING = {};

  private final long bytesMax;
  private final Runnable wakeWriter;
  private Changes gathering = new Changes();
  private Optional<Changes> writing = Optional.empty();
  private final Map<Object, Runnable> waitingForRoom = new LinkedHashMap<>();
  private long changes;

  /**
   * An empty journal.
   *
   * @param bytesMax at which it is full
   * @param wakeWriter there is something to take; must only hand over
   */
  WrittenJournal(long bytesMax, Runnable wakeWriter) {
    this.bytesMax = bytesMax;
    this.wakeWriter = wakeWriter;
  }

  /** Takes what has gathered; what was taken before {@linkplain #committed is committed}. */
  Optional<Changes> take() {
    if (gathering.isEmpty()) {
      return Optional.empty();
    }
    writing = Optional.of(gathering);
    gathering = new Changes();
    return writing;
  }

  /** What was taken is safe: says whom to tell without the lock, and tells the others. */
  List<Runnable> committed() {
    Changes safe = writing.orElseThrow();
    writing = Optional.empty();
    safe.tellSafe();
    List<Runnable> told = new ArrayList<>(safe.receipts());
    if (bytes() <= bytesMax / 2) {
      told.addAll(waitingForRoom.values());
      waitingForRoom.clear();
    }
    return told;
  }

  @Override
  public long bytes() {
    return gathering.bytes() + writing.map(Changes::bytes).orElse(0L);
  }

  @Override
  public long changes() {
    return changes;
  }

  @Override
  public boolean isIdle() {
    return gathering.isEmpty() && writing.isEmpty();
  }

  @Override
  public boolean isFull() {
    return bytes() >= bytesMax;
  }

  @Override
  public void whenRoom(Object key, Runnable resume) {
    waitingForRoom.put(key, resume);
  }

  @Override
  public void forget(Object key) {
    waitingForRoom.remove(key);
  }

  @Override
  public void session(Session session) {
    if (session.isDurable()) {
      changed();
      gathering.session(session);
    }
  }

  @Override
  public void ended(long sessionId) {
    changed();
    gathering.sessions.remove(sessionId);
    gathering.ended.add(sessionId);
  }

  @Override
  public void subscribed(Session session, Subscription subscription) {
    subscription(session, subscription.filter(), Optional.of(subscription));
  }

  @Override
  public void unsubscribed(Session session, TopicFilter filter) {
    subscription(session, filter, Optional.empty());
  }

  @Override
  public void retained(Message message) {
    changed();
    gathering.retained(message.topic(), Optional.of(message));
  }

  @Override
  public void cleared(String topic) {
    changed();
    gathering.retained(topic, Optional.empty());
  }

  @Override
  public void queued(Session session, Entry entry, Runnable whenSafe) {
    changed();
    boolean isReceived = entry.stage == Entry.Stage.RECEIVED;
    gathering.queued(
        new Changes.QueuedKey(session.id(), entry.order),
        Optional.of(
            new Changes.QueuedRow(
                entry.packetId,
                isReceived,
                isReceived ? withoutPayload(entry.message) : entry.message,
                entry.qos(),
                entry.way.retain(),
                entry.way.newestOnly(),
                entry.way.subscriptionIds(),
                entry.way.share().map(group -> group.filter().text()))));
    gathering.whenSafe(whenSafe);
  }

  @Override
  public void done(Session session, Entry entry) {
    changed();
    gathering.queued(new Changes.QueuedKey(session.id(), entry.order), Optional.empty());
  }

  @Override
  public void received(Session session, int packetId) {
    packetId(session, packetId, true);
  }

  @Override
  public void released(Session session, int packetId) {
    packetId(session, packetId, false);
  }

  @Override
  public void afterwards(Runnable receipt, int bytes) {
    if (isIdle()) {
      throw new IllegalStateException("Nothing is to be waited for.");
    }
    changed();
    gathering.receipt(receipt, bytes);
  }

  private void changed() {
    changes++;
    if (gathering.isEmpty()) {
      wakeWriter.run();
    }
  }

  private void subscription(
      Session session, TopicFilter filter, Optional<Subscription> subscription) {
    if (session.isDurable()) {
      changed();
      gathering.subscription(
          new Changes.SubscriptionKey(session.id(), filter.text()), subscription);
    }
  }

  private void packetId(Session session, int packetId, boolean inUse) {
    if (session.isDurable()) {
      changed();
      gathering.received.put(new Changes.ReceivedKey(session.id(), packetId), inUse);
    }
  }

  private static Message withoutPayload(Message message) {
    return new Message(message.topic(), NOTHING, message.qos(), false, Optional.empty(), NOTHING);
  }
}
