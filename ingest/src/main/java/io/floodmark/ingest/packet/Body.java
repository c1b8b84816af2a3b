package io.floodmark.ingest.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one packet, read field by field (§1.5) and never beyond its end. Reused from packet
 * to packet; confined to the connection's event loop.
 */
final class Body {
  private static final int VARIABLE_BYTES_MAX = 4;
  private static final byte[] EMPTY = {};

  // Each connection may keep as much; topics of sensors are much shorter.
  private static final int REMEMBERED_BYTES_MAX = 128;

  private ByteBuf in;
  private int at;
  private int end;

  /** The topic that came last: a sensor says the same each time, and it need not be made anew. */
  private byte[] lastTopicBytes = EMPTY;

  private String lastTopic = "";

  /** Turns to the bytes of {@code in} from {@code start} to {@code end}. */
  void over(ByteBuf in, int start, int end) {
    this.in = in;
    this.at = start;
    this.end = end;
  }

  /** Lets go of the buffer. */
  void done() {
    in = null;
  }

  boolean isAtEnd() {
    return at == end;
  }

  int position() {
    return at;
  }

  /** Goes back to a position that was passed. */
  void moveTo(int position) {
    at = position;
  }

  int uint8() {
    return in.getUnsignedByte(advance(1));
  }

  int uint16() {
    return in.getUnsignedShort(advance(2));
  }

  long uint32() {
    return in.getUnsignedInt(advance(4));
  }

  /** A variable byte integer (MQTT 5.0 §1.5.5). */
  int variable() {
    int value = 0;
    for (int i = 0; i < VARIABLE_BYTES_MAX; i++) {
      int digit = uint8();
      value |= (digit & 0x7f) << (7 * i);
      if ((digit & 0x80) == 0) {
        if (digit == 0 && i > 0) {
          throw Breach.unreadable("a number in more bytes than it needs (MQTT-1.5.5-1)");
        }
        return value;
      }
    }
    throw Breach.unreadable("a number of more than four bytes");
  }

  int packetId() {
    int packetId = uint16();
    if (packetId == 0) {
      throw Breach.forbidden("packet id 0 (MQTT-2.2.1-3)");
    }
    return packetId;
  }

  /** A string: UTF-8 without U+0000, which no database stores either (§1.5.4). */
  String string() {
    int length = uint16();
    return text(advance(length), length);
  }

  /** A string that is likely the same as the last one read by this method. */
  String topic() {
    int length = uint16();
    int start = advance(length);
    if (length > REMEMBERED_BYTES_MAX) {
      return text(start, length);
    }
    if (length != lastTopicBytes.length || !isLastTopic(start)) {
      String topic = text(start, length);
      lastTopicBytes = ByteBufUtil.getBytes(in, start, length);
      lastTopic = topic;
    }
    return lastTopic;
  }

  /** Binary data with its length (§1.5.6). */
  byte[] binary() {
    int length = uint16();
    return bytes(advance(length), length);
  }

  /** All that is left. */
  byte[] rest() {
    int length = end - at;
    return bytes(advance(length), length);
  }

  /** Copies bytes that were passed. */
  void copy(int from, byte[] to, int toIndex, int length) {
    in.getBytes(from, to, toIndex, length);
  }

  /** Skips {@code length} bytes, and says where they begin. */
  int advance(int length) {
    int start = at;
    if (length > end - start) {
      throw Breach.unreadable("a field that is longer than its packet");
    }
    at = start + length;
    return start;
  }

  private byte[] bytes(int start, int length) {
    return length == 0 ? EMPTY : ByteBufUtil.getBytes(in, start, length);
  }

  private boolean isLastTopic(int start) {
    for (int i = 0; i < lastTopicBytes.length; i++) {
      if (in.getByte(start + i) != lastTopicBytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Checks a string that nobody has to read. */
  void skipString() {
    int length = uint16();
    check(advance(length), length);
  }

  private String text(int start, int length) {
    check(start, length);
    return length == 0 ? "" : in.toString(start, length, StandardCharsets.UTF_8);
  }

  private void check(int start, int length) {
    if (length > 0 && !ByteBufUtil.isText(in, start, length, StandardCharsets.UTF_8)) {
      throw Breach.unreadable("a string that is not UTF-8 (MQTT-1.5.4-1)");
    }
    if (in.indexOf(start, start + length, (byte) 0) >= 0) {
      throw Breach.unreadable("a string with U+0000 (MQTT-1.5.4-2)");
    }
  }
}
