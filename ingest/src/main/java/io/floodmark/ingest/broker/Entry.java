package io.floodmark.ingest.broker;

import java.util.List;
import java.util.Optional;

/** A message on its way to one session. Guarded by the broker's lock. */
final class Entry {
  /** How far it has come. */
  enum Stage {
    /** It has not been sent in this connection. */
    WAITING,
    /** It is sent, and waits for PUBACK or PUBREC. */
    SENT,
    /** PUBREC has come; PUBREL goes out once that is safe, and waits for PUBCOMP. */
    RECEIVED
  }

  /**
   * What brings a message to a session.
   *
   * @param qos with which it is sent
   * @param retain the RETAIN flag
   * @param newestOnly whether only the newest of its topic that waits is sent
   * @param isState whether it is the server's own
   * @param subscriptionIds identifiers of the subscriptions that match
   * @param share the group that chose the session, if one did
   */
  record Way(
      int qos,
      boolean retain,
      boolean newestOnly,
      boolean isState,
      List<Integer> subscriptionIds,
      Optional<ShareGroup> share) {}

  /** Its place among all messages of the broker. */
  long order;

  final Message message;
  Way way;
  Stage stage = Stage.WAITING;

  /** 1 to 65,535; 0 while it has none. */
  int packetId;

  /** Whether it may have been sent in an earlier connection. */
  boolean dup;

  /** Whether what has to be written of it is: until then its next packet is not sent. */
  boolean safe;

  Entry(long order, Message message, Way way) {
    this.order = order;
    this.message = message;
    this.way = way;
  }

  int qos() {
    return way.qos();
  }

  /** Whether a restart must not lose it, if its session outlives one: states come anew then. */
  boolean isWritten() {
    return way.qos() > 0 && !way.isState();
  }
}
