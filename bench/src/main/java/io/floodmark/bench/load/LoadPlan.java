package io.floodmark.bench.load;

/**
 * What a generator is to do.
 *
 * @param port on 127.0.0.1
 * @param prefix of the sensors' codes; a number from 0 on follows
 * @param token with which each of them signs in
 * @param connections 1 or more; each is a sensor
 * @param window messages in flight on a connection, 1 to 65,535
 * @param readings in a message, 1 or more
 * @param delaySeconds how long ago readings were measured when they are sent: a reading that is
 *     ahead of its arrival counts as of its arrival, and of several that arrive in one millisecond
 *     only the first is evaluated for alerts, so who sends a thousand a second needs some time in
 *     hand. Who sends after others have, needs less than they
 * @param perSecond messages a second over all connections; 0 for as fast as they are acknowledged
 * @param warmUpSeconds for the compilers of both sides, not counted
 * @param seconds that are counted
 */
public record LoadPlan(
    int port,
    String prefix,
    String token,
    int connections,
    int window,
    int readings,
    int delaySeconds,
    int perSecond,
    int warmUpSeconds,
    int seconds) {
  private static final int PACKET_IDS = 65_535;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public LoadPlan {
    if (connections < 1 || window < 1 || window > PACKET_IDS || readings < 1 || perSecond < 0) {
      throw new IllegalArgumentException(
          "Connections, window and readings are positive, and the window has packet ids.");
    }
    if (delaySeconds < 0 || warmUpSeconds < 0 || seconds < 1) {
      throw new IllegalArgumentException("A load lasts a second or more.");
    }
  }

  /** The code of a sensor. */
  public String code(int number) {
    return prefix + number;
  }
}
