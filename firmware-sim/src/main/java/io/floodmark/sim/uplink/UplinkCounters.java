package io.floodmark.sim.uplink;

import java.util.concurrent.atomic.LongAdder;

/**
 * What all uplinks of a fleet or a replay did, in readings. Written on the loop, read from any
 * thread.
 */
public final class UplinkCounters {
  final LongAdder stored = new LongAdder();
  final LongAdder overwritten = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder connected = new LongAdder();
  final LongAdder reconnects = new LongAdder();

  /** Readings put into the store while there was no connection. */
  public long storedOffline() {
    return stored.sum();
  }

  /** Readings lost because a full store took a newer one instead. */
  public long overwritten() {
    return overwritten.sum();
  }

  /** Readings sent at least once. */
  public long sent() {
    return sent.sum();
  }

  /** Times that a reading was sent again because its acknowledgement never came. */
  public long repeated() {
    return repeated.sum();
  }

  /** Readings acknowledged. */
  public long acknowledged() {
    return acknowledged.sum();
  }

  /** Devices connected now. */
  public long connected() {
    return connected.sum();
  }

  /** Connections made beyond the first of each device. */
  public long reconnects() {
    return reconnects.sum();
  }
}
