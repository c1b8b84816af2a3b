package io.floodmark.ingest.broker;

import java.util.Optional;

/**
 * A CONNECT that was accepted. In 3.1.1 Clean Session 1 is {@code cleanStart} with expiry 0; Clean
 * Session 0 is no {@code cleanStart} with expiry {@link #NEVER} (§3.1.2.11.2).
 *
 * @param client whose session
 * @param cleanStart whether a session that is there is ended first
 * @param sessionExpirySeconds how long the session outlives the connection, 0 to {@link #NEVER}
 * @param receiveMaximum how many messages of QoS 1 and 2 the client takes at a time, 1 to 65,535;
 *     where it does not say 65,535 (§3.1.2.11.3)
 * @param packetBytesMax the largest packet the client takes; where it does not say {@link
 *     Integer#MAX_VALUE} (§3.1.2.11.4)
 * @param will what to say if it vanishes
 * @param outlet the way to the client
 */
public record ConnectRequest(
    ClientKey client,
    boolean cleanStart,
    long sessionExpirySeconds,
    int receiveMaximum,
    int packetBytesMax,
    Optional<Will> will,
    Outlet outlet) {

  /** The session expiry interval of a session that does not end by itself. */
  public static final long NEVER = 0xFFFF_FFFFL;

  private static final int RECEIVE_MAXIMUM_MAX = 65_535;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming what is out of its range
   */
  public ConnectRequest {
    if (sessionExpirySeconds < 0 || sessionExpirySeconds > NEVER) {
      throw new IllegalArgumentException("Not a session expiry interval: " + sessionExpirySeconds);
    }
    if (receiveMaximum < 1 || receiveMaximum > RECEIVE_MAXIMUM_MAX) {
      throw new IllegalArgumentException("Not a receive maximum: " + receiveMaximum);
    }
    if (packetBytesMax < 1) {
      throw new IllegalArgumentException("Not a maximum packet size: " + packetBytesMax);
    }
  }
}
