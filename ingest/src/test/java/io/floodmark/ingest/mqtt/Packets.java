package io.floodmark.ingest.mqtt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Packets as a client sends them, byte by byte from MQTT 3.1.1, written apart from any codec. */
public final class Packets {
  static final byte[] PINGREQ = {(byte) 0xc0, 0};

  static final byte[] DISCONNECT = {(byte) 0xe0, 0};

  private static final int CLEAN_SESSION = 0x02;
  private static final int WITH_WILL = 0x2c; // retained, QoS 1

  private Packets() {}

  /** PINGREQ. */
  public static byte[] pingreq() {
    return PINGREQ.clone();
  }

  /** DISCONNECT. */
  public static byte[] disconnect() {
    return DISCONNECT.clone();
  }

  /** A CONNECT whose parts can be odd. */
  public static final class Connect {
    private String protocol = "MQTT";
    private int level = 4;
    private int flags = CLEAN_SESSION;
    private int keepAliveSeconds = 60;
    private String clientId = "client";
    private byte[] connectProperties = {};
    private byte[] willProperties = {};
    private final ByteArrayOutputStream will = new ByteArrayOutputStream();
    private final ByteArrayOutputStream credentials = new ByteArrayOutputStream();

    public Connect as(String user, String password) {
      flags |= 0xc0;
      credentials.writeBytes(string(user));
      credentials.writeBytes(string(password));
      return this;
    }

    Connect asUserWithoutPassword(String user) {
      flags |= 0x80;
      credentials.writeBytes(string(user));
      return this;
    }

    public Connect will(String topic, String payload) {
      flags |= WITH_WILL;
      will.writeBytes(string(topic));
      will.writeBytes(string(payload));
      return this;
    }

    public Connect clientId(String id) {
      clientId = id;
      return this;
    }

    public Connect keepAlive(int seconds) {
      keepAliveSeconds = seconds;
      return this;
    }

    Connect protocol(String name, int version) {
      protocol = name;
      level = version;
      return this;
    }

    public Connect keepingItsSession() {
      flags &= ~CLEAN_SESSION;
      return this;
    }

    Connect flag(int bits) {
      flags |= bits;
      return this;
    }

    /** A will of MQTT 5 with properties. */
    Connect will5(String topic, String payload, byte[]... properties) {
      flags |= WITH_WILL;
      willProperties = concat(properties);
      will.writeBytes(string(topic));
      will.writeBytes(string(payload));
      return this;
    }

    /** Of MQTT 5, with these properties. */
    Connect mqtt5(byte[]... properties) {
      level = 5;
      connectProperties = concat(properties);
      return this;
    }

    public byte[] bytes() {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(string(protocol));
      body.write(level);
      body.write(flags);
      body.writeBytes(uint16(keepAliveSeconds));
      if (level == 5) {
        body.writeBytes(withLength(connectProperties));
      }
      body.writeBytes(string(clientId));
      if (level == 5 && will.size() > 0) {
        body.writeBytes(withLength(willProperties));
      }
      body.writeBytes(will.toByteArray());
      body.writeBytes(credentials.toByteArray());
      return packet(0x10, body.toByteArray());
    }
  }

  public static byte[] publish(String topic, int qos, int packetId, byte[] payload) {
    return publish(qos << 1, topic, packetId, payload);
  }

  public static byte[] publish(String topic, int qos, int packetId, String payload) {
    return publish(topic, qos, packetId, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** With all flags: DUP 8, QoS 2 and 4, RETAIN 1. */
  public static byte[] publish(int flags, String topic, int packetId, byte[] payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(string(topic));
    if ((flags & 6) != 0) {
      body.writeBytes(uint16(packetId));
    }
    body.writeBytes(payload);
    return packet(0x30 | flags, body.toByteArray());
  }

  /** Of MQTT 5, with properties. */
  public static byte[] publish5(
      int flags, String topic, int packetId, byte[] properties, String payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(string(topic));
    if ((flags & 6) != 0) {
      body.writeBytes(uint16(packetId));
    }
    body.writeBytes(withLength(properties));
    body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
    return packet(0x30 | flags, body.toByteArray());
  }

  /** A property whose value is a number of two bytes. */
  static byte[] property16(int id, int value) {
    return concat(new byte[] {(byte) id}, uint16(value));
  }

  /** A property whose value is a number of four bytes. */
  static byte[] property32(int id, int value) {
    return concat(new byte[] {(byte) id}, uint16(value >> 16), uint16(value));
  }

  /** A property whose value is one byte. */
  static byte[] property8(int id, int value) {
    return new byte[] {(byte) id, (byte) value};
  }

  /** A property whose value is a string. */
  static byte[] property(int id, String value) {
    return concat(new byte[] {(byte) id}, string(value));
  }

  static byte[] withLength(byte[] properties) {
    return concat(remainingLength(properties.length), properties);
  }

  public static byte[] puback(int packetId) {
    return packet(0x40, uint16(packetId));
  }

  /** PUBREL, with the bits that it must have. */
  public static byte[] pubrel(int packetId) {
    return packet(0x62, uint16(packetId));
  }

  public static byte[] subscribe(int packetId, int options, String... filters) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(uint16(packetId));
    for (String filter : filters) {
      body.writeBytes(string(filter));
      body.write(options);
    }
    return packet(0x82, body.toByteArray());
  }

  /** Of MQTT 5, with properties. */
  static byte[] subscribe5(int packetId, byte[] properties, int options, String... filters) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(uint16(packetId));
    body.writeBytes(withLength(properties));
    for (String filter : filters) {
      body.writeBytes(string(filter));
      body.write(options);
    }
    return packet(0x82, body.toByteArray());
  }

  public static byte[] unsubscribe(int packetId, String... filters) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(uint16(packetId));
    for (String filter : filters) {
      body.writeBytes(string(filter));
    }
    return packet(0xa2, body.toByteArray());
  }

  static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    packet.writeBytes(remainingLength(body.length));
    packet.writeBytes(body);
    return packet.toByteArray();
  }

  static byte[] remainingLength(int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int left = length;
    do {
      int digit = left % 128;
      left /= 128;
      bytes.write(left > 0 ? digit | 0x80 : digit);
    } while (left > 0);
    return bytes.toByteArray();
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return concat(uint16(utf8.length), utf8);
  }

  static byte[] uint16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }
}
