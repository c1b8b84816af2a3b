package io.floodmark.ingest.broker;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the broker has seen since it was made, so that a loss would show. Every count only grows.
 * Safe for use by any thread.
 */
public final class BrokerCounters {
  /** Why a message was not sent to one subscriber. */
  public enum Drop {
    /** As much waits for it as may. */
    QUEUE_FULL,
    /** QoS 0, and it is not connected. */
    OFFLINE,
    /** Its time was over. */
    EXPIRED,
    /** Larger than the packets it takes (MQTT-3.1.2-25). */
    TOO_LARGE,
    /** A newer message of the server's own of the same topic came before it was sent. */
    SUPERSEDED,
    /** It waited for a session that may have it no more. */
    NOT_ALLOWED,
    /** It was to be retained, and there was no room. */
    RETAINED_FULL
  }

  private final LongAdder published = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder wills = new LongAdder();
  private final LongAdder sessionsExpired = new LongAdder();
  private final LongAdder sessionsDisplaced = new LongAdder();
  private final LongAdder subscriptionsRefused = new LongAdder();
  private final Map<Drop, LongAdder> dropped = new EnumMap<>(Drop.class);

  /** Nothing is counted yet. */
  public BrokerCounters() {
    for (Drop reason : Drop.values()) {
      dropped.put(reason, new LongAdder());
    }
  }

  /** Messages that came in. */
  public long published() {
    return published.sum();
  }

  /** Messages handed to connections, each time one was. */
  public long sent() {
    return sent.sum();
  }

  /** Wills that were said. */
  public long wills() {
    return wills.sum();
  }

  /** Sessions that ended because nobody came back to them in time. */
  public long sessionsExpired() {
    return sessionsExpired.sum();
  }

  /** Sessions that ended because their account had left too many. */
  public long sessionsDisplaced() {
    return sessionsDisplaced.sum();
  }

  /** Subscriptions that were refused because their session had as many as it may. */
  public long subscriptionsRefused() {
    return subscriptionsRefused.sum();
  }

  /** Messages that did not reach one subscriber, for this reason. */
  public long dropped(Drop reason) {
    return dropped.get(reason).sum();
  }

  void countPublished() {
    published.increment();
  }

  void countSent() {
    sent.increment();
  }

  void countWill() {
    wills.increment();
  }

  void countSessionExpired() {
    sessionsExpired.increment();
  }

  void countSessionDisplaced() {
    sessionsDisplaced.increment();
  }

  void countSubscriptionRefused() {
    subscriptionsRefused.increment();
  }

  void countDropped(Drop reason) {
    dropped.get(reason).increment();
  }
}
