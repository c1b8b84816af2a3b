package io.floodmark.ingest.mqtt;

import io.netty.channel.Channel;
import java.util.EnumSet;

/**
 * Whether one connection is read from: only while nothing holds it. What is decoded but not handled
 * yet stays where it is, within one read's size. Confined to the connection's event loop.
 */
final class ReadValve {
  /** What can hold a connection. */
  enum Hold {
    /** The commit queue is full. */
    QUEUE_FULL(true),
    /** So many acknowledgements are owed to it that it has to wait for some. */
    ACKS_OWED(true),
    /** Answers to SUBSCRIBE and UNSUBSCRIBE wait for a commit, as many as may. */
    SUBSCRIPTIONS_OWED(true),
    /** It sends more than its rate allows, and has to wait for a while. */
    PACE(true),
    /** Its last message is in and waits to be acknowledged. */
    LAST_MESSAGE(true),
    /** We are stopping. */
    STOPPING(true),
    /** It does not read its acknowledgements. That is its own doing, and keep-alive goes on. */
    UNWRITABLE(false);

    private final boolean suspendsKeepAlive;

    Hold(boolean suspendsKeepAlive) {
      this.suspendsKeepAlive = suspendsKeepAlive;
    }
  }

  private final Channel channel;
  private final KeepAlive keepAlive;
  private final EnumSet<Hold> holds = EnumSet.noneOf(Hold.class);

  ReadValve(Channel channel, KeepAlive keepAlive) {
    this.channel = channel;
    this.keepAlive = keepAlive;
  }

  /**
   * Stops reading.
   *
   * @return false if it was held for this reason already
   */
  boolean hold(Hold why) {
    if (!holds.add(why)) {
      return false;
    }
    if (why.suspendsKeepAlive) {
      keepAlive.pause();
    }
    channel.config().setAutoRead(false);
    return true;
  }

  /** Takes back a hold; reads on if it was the last. */
  void release(Hold why) {
    if (!holds.remove(why)) {
      return;
    }
    if (why.suspendsKeepAlive && holds.stream().noneMatch(hold -> hold.suspendsKeepAlive)) {
      keepAlive.resume();
    }
    if (holds.isEmpty()) {
      channel.config().setAutoRead(true);
    }
  }
}
