package io.floodmark.ingest.broker;

/**
 * The way from the broker to one connection. Called on any thread and within the broker's lock:
 * both must only hand over to the connection's event loop, and never call back.
 */
public interface Outlet {
  /** Why the broker ends a connection. */
  enum Ending {
    /** The client has connected again (DISCONNECT 0x8E). */
    SESSION_TAKEN_OVER,
    /** Its account may no longer be here (0x87). */
    ACCOUNT_ENDED
  }

  /**
   * There is something to send: on its event loop the connection has to {@link
   * BrokerConnection#poll} until there is nothing more, or it can write no more. What comes while
   * it is polled may wake it once too often.
   */
  void wake();

  /** Whether the client can be told why something was not done, as in MQTT 5. */
  default boolean understandsReasons() {
    return true;
  }

  /** The connection has lost its session: tell the client and close. */
  void end(Ending why);
}
