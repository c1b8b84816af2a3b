package io.floodmark.api;

import java.time.Duration;

/**
 * How much the web server takes on.
 *
 * @param databaseConnections JDBC calls at once, 2 or more
 * @param waitingMax requests that may wait for one of them, 0 or more; those beyond get 503
 * @param liveClientsMax browsers that may listen at once, 1 or more
 * @param heartbeat time between two heartbeats of the live feed, up to 30 s
 * @param idleMax how long a connection may move nothing, in either direction, before it is closed;
 *     two heartbeats or more
 */
public record ApiLimits(
    int databaseConnections,
    int waitingMax,
    int liveClientsMax,
    Duration heartbeat,
    Duration idleMax) {
  /** The usual ones. */
  public static final ApiLimits DEFAULT =
      new ApiLimits(8, 256, 5_000, Duration.ofSeconds(15), Duration.ofSeconds(60));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence that names the value
   */
  public ApiLimits {
    check(databaseConnections >= 2, "Needs 2 database connections: " + databaseConnections + ".");
    check(waitingMax >= 0, "waitingMax must not be negative: " + waitingMax + ".");
    check(liveClientsMax >= 1, "liveClientsMax must be 1 or more: " + liveClientsMax + ".");
    check(
        heartbeat.toMillis() >= 1 && heartbeat.compareTo(Duration.ofSeconds(30)) <= 0,
        "heartbeat must be 1 ms to 30 s: " + heartbeat + ".");
    check(
        idleMax.compareTo(heartbeat.multipliedBy(2)) >= 0,
        "idleMax must be two heartbeats or more: " + idleMax + ".");
  }

  static void check(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
