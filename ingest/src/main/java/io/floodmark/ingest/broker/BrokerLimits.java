package io.floodmark.ingest.broker;

/**
 * Every bound of the broker.
 *
 * @param subscriptionsMax subscriptions of a session
 * @param offlineSessionsPerAccountMax sessions of one account that outlive their connections;
 *     beyond it the one that was left first ends
 * @param sessionExpirySecondsMax the longest session expiry interval granted; {@link
 *     ConnectRequest#NEVER} for any
 * @param queuedMax messages that wait for one session; beyond it the oldest that was not sent yet
 *     is dropped, for water that rises now matters more than water that rose
 * @param queuedBytesMax the same in bytes of payload
 * @param inFlightMax messages of QoS 1 and 2 on their way to one session, however many it would
 *     take
 * @param retainedMax topics with a retained message, the server's own not counted
 * @param retainedBytesMax the same in bytes of payload
 * @param unwrittenBytesMax payload not committed yet at which reading from sockets has to stop
 */
public record BrokerLimits(
    int subscriptionsMax,
    int offlineSessionsPerAccountMax,
    long sessionExpirySecondsMax,
    int queuedMax,
    long queuedBytesMax,
    int inFlightMax,
    int retainedMax,
    long retainedBytesMax,
    long unwrittenBytesMax) {

  /** What is in force unless a setting says otherwise. */
  public static final BrokerLimits DEFAULT =
      new BrokerLimits(
          256, 16, ConnectRequest.NEVER, 1_000, 4 << 20, 16, 10_000, 32 << 20, 32 << 20);

  private static final int PACKET_IDS = 65_535;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the limit that is out of its range
   */
  public BrokerLimits {
    within("subscriptionsMax", subscriptionsMax, Integer.MAX_VALUE);
    within("offlineSessionsPerAccountMax", offlineSessionsPerAccountMax, Integer.MAX_VALUE);
    within("sessionExpirySecondsMax", sessionExpirySecondsMax, ConnectRequest.NEVER);
    within("inFlightMax", inFlightMax, PACKET_IDS / 2);
    // Each has a packet id from the beginning, and those in flight are not counted.
    within("queuedMax", queuedMax, PACKET_IDS / 2);
    within("queuedBytesMax", queuedBytesMax, Long.MAX_VALUE);
    within("retainedMax", retainedMax, Integer.MAX_VALUE);
    within("retainedBytesMax", retainedBytesMax, Long.MAX_VALUE);
    within("unwrittenBytesMax", unwrittenBytesMax, Long.MAX_VALUE);
  }

  private static void within(String name, long value, long max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " must be 1 to " + max + ": " + value);
    }
  }
}
