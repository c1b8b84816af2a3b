package io.floodmark.ingest.mqtt;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * Stops reading from one connection while what it sends cannot be taken, or is more than its rate
 * allows, and sees to it that reading goes on. Confined to the connection's event loop.
 */
// goOn() lets no exception out.
@SuppressWarnings("FutureReturnValueIgnored")
final class RoomWatch {
  private final Channel channel;
  private final ReadValve valve;
  private final HeldPackets held;
  private final Inlet inlet;
  private final MqttCounters counters;

  RoomWatch(
      Channel channel, ReadValve valve, HeldPackets held, Inlet inlet, MqttCounters counters) {
    this.channel = channel;
    this.valve = valve;
    this.held = held;
    this.inlet = inlet;
    this.counters = counters;
  }

  /** Stops reading if there is no room. */
  void holdWhileFull() {
    if (hasToWait() && valve.hold(ReadValve.Hold.QUEUE_FULL)) {
      counters.countPaused();
      awaitRoom();
    }
    long pauseNanos = inlet.pauseNanos(channel.eventLoop().ticker().nanoTime());
    if (pauseNanos > 0 && valve.hold(ReadValve.Hold.PACE)) {
      counters.countThrottled();
      channel.eventLoop().schedule(this::goOn, pauseNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void goOn() {
    if (channel.isActive()) {
      valve.release(ReadValve.Hold.PACE);
    }
  }

  private boolean hasToWait() {
    return inlet.isFull(!held.isEmpty());
  }

  private void awaitRoom() {
    inlet.whenRoom(this, () -> EventLoops.execute(channel.eventLoop(), this::roomAgain));
  }

  private void roomAgain() {
    if (!channel.isActive()) {
      return;
    }
    // Those that were woken first may have filled it again.
    if (hasToWait()) {
      awaitRoom();
    } else {
      valve.release(ReadValve.Hold.QUEUE_FULL);
    }
  }

  /** The connection is gone. */
  void close() {
    inlet.forget(this);
  }
}
