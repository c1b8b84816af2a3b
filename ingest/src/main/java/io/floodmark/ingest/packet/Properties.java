package io.floodmark.ingest.packet;

/**
 * The properties of one packet, one after the other (MQTT 5.0 §2.2.2). Sees to it that they end
 * where they say, and that none comes twice that may come once.
 */
final class Properties {
  static final int PAYLOAD_FORMAT = 0x01;
  static final int MESSAGE_EXPIRY = 0x02;
  static final int CONTENT_TYPE = 0x03;
  static final int RESPONSE_TOPIC = 0x08;
  static final int CORRELATION_DATA = 0x09;
  static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
  static final int SESSION_EXPIRY = 0x11;
  static final int ASSIGNED_CLIENT_ID = 0x12;
  static final int SERVER_KEEP_ALIVE = 0x13;
  static final int AUTHENTICATION_METHOD = 0x15;
  static final int AUTHENTICATION_DATA = 0x16;
  static final int REQUEST_PROBLEM_INFORMATION = 0x17;
  static final int WILL_DELAY = 0x18;
  static final int REQUEST_RESPONSE_INFORMATION = 0x19;
  static final int REASON_STRING = 0x1F;
  static final int RECEIVE_MAXIMUM = 0x21;
  static final int TOPIC_ALIAS_MAXIMUM = 0x22;
  static final int TOPIC_ALIAS = 0x23;
  static final int USER_PROPERTY = 0x26;
  static final int MAXIMUM_PACKET_SIZE = 0x27;

  /** What {@link #next} gives after the last. */
  static final int END = 0;

  private static final int HIGHEST = 0x2A;

  private final Body body;
  private final int end;
  private int start;
  private long seen;

  /** Those that begin here and take {@code length} bytes. */
  Properties(Body body, int length) {
    this.body = body;
    int first = body.advance(length);
    this.end = first + length;
    body.moveTo(first);
  }

  /** Which comes next; its value is to be read from the body. */
  int next() {
    start = body.position();
    if (start > end) {
      throw Breach.unreadable("a property that is longer than all of them");
    }
    if (start == end) {
      return END;
    }
    int id = body.variable();
    if (id < 1 || id > HIGHEST) {
      throw notHere(id);
    }
    if (id != USER_PROPERTY) {
      long bit = 1L << id;
      if ((seen & bit) != 0) {
        throw Breach.forbidden("property " + id + " twice");
      }
      seen |= bit;
    }
    return id;
  }

  /** Where the property that was read last begins. */
  int start() {
    return start;
  }

  /** Whether it came. */
  boolean has(int id) {
    return (seen & (1L << id)) != 0;
  }

  /** A value of 0 or 1. */
  boolean flag() {
    int value = body.uint8();
    if (value > 1) {
      throw Breach.forbidden("a property that is 0 or 1 and says " + value);
    }
    return value == 1;
  }

  /** A value of two bytes that is not 0. */
  int positive() {
    int value = body.uint16();
    if (value == 0) {
      throw Breach.forbidden("a property that may not be 0");
    }
    return value;
  }

  /** The breach that a property is none, or does not belong to this packet (§2.2.2.2). */
  static Breach notHere(int id) {
    return Breach.unreadable("property " + id + ", which has no place in this packet");
  }

  /** Reads what may stand in every packet and means nothing to us. */
  void userProperty() {
    body.skipString();
    body.skipString();
  }
}
