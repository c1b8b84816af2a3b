package io.floodmark.sim.uplink;

import java.time.Duration;

/**
 * How a device behaves on its line.
 *
 * @param inFlightMax messages sent and not yet acknowledged at a time, 1 to 10,000
 * @param storeMax messages kept while they cannot be sent, more than {@code inFlightMax}
 * @param keepAlive MQTT keep-alive, 1 s to 18 h
 * @param connectTimeout for the TCP connection, whole seconds, 1 or more; an unanswered CONNECT is
 *     given up a second later
 * @param retryFirst wait before the second attempt to connect; doubles from attempt to attempt
 * @param retryMax the longest wait between attempts
 * @param stopTimeout how long a deliberate stop waits for its last acknowledgements
 */
public record UplinkSettings(
    int inFlightMax,
    int storeMax,
    Duration keepAlive,
    Duration connectTimeout,
    Duration retryFirst,
    Duration retryMax,
    Duration stopTimeout) {

  /** A device on a mobile network with a few hundred kilobytes of flash. */
  public static final UplinkSettings DEFAULT =
      new UplinkSettings(
          16,
          10_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2));

  public UplinkSettings {
    require(inFlightMax >= 1 && inFlightMax <= 10_000, "inFlightMax must be 1 to 10,000");
    require(storeMax > inFlightMax, "storeMax must be more than inFlightMax");
    require(
        keepAlive.toSeconds() >= 1 && keepAlive.toSeconds() <= 65_535,
        "keepAlive must be 1 to 65,535 s");
    require(connectTimeout.toSeconds() >= 1, "connectTimeout must be 1 s or more");
    require(isPositive(retryFirst), "retryFirst must be more than zero");
    require(retryMax.compareTo(retryFirst) >= 0, "retryMax must not be less than retryFirst");
    require(isPositive(stopTimeout), "stopTimeout must be more than zero");
  }

  /** The same with another window. */
  public UplinkSettings withInFlightMax(int messages) {
    return new UplinkSettings(
        messages, storeMax, keepAlive, connectTimeout, retryFirst, retryMax, stopTimeout);
  }

  /** The same with another store. */
  public UplinkSettings withStoreMax(int messages) {
    return new UplinkSettings(
        inFlightMax, messages, keepAlive, connectTimeout, retryFirst, retryMax, stopTimeout);
  }

  /** The same with other waits between attempts to connect. */
  public UplinkSettings withRetry(Duration first, Duration max) {
    return new UplinkSettings(
        inFlightMax, storeMax, keepAlive, connectTimeout, first, max, stopTimeout);
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise + ".");
    }
  }
}
