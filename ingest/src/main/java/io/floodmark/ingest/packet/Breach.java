package io.floodmark.ingest.packet;

/**
 * What a client may not send: bytes that are no packet, or a packet that has no place where it is.
 * Without a stack trace: it tells of what was sent, not of us, and whoever sends it may do so
 * often.
 */
public final class Breach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ReasonCode reason;

  private Breach(ReasonCode reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** It cannot be read (MQTT 5.0 §4.13, 0x81). */
  public static Breach unreadable(String what) {
    return new Breach(ReasonCode.MALFORMED_PACKET, what);
  }

  /** It can be read, and must not be sent (0x82). */
  public static Breach forbidden(String what) {
    return new Breach(ReasonCode.PROTOCOL_ERROR, what);
  }

  /** For a breach that has a code of its own. */
  public static Breach of(ReasonCode reason, String what) {
    return new Breach(reason, what);
  }

  /** What the client is told. */
  public ReasonCode reason() {
    return reason;
  }
}
