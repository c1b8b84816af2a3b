package io.floodmark.ingest.packet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes properties (MQTT 5.0 §2.2.2): their length, and then one after the other. */
final class PropertiesWriter {
  private static final byte[] NONE = {0};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PropertiesWriter() {}

  /** Those of a CONNACK. */
  static byte[] of(Welcome welcome) {
    PropertiesWriter writer = new PropertiesWriter();
    welcome
        .sessionExpirySeconds()
        .ifPresent(seconds -> writer.uint32(Properties.SESSION_EXPIRY, seconds));
    writer.uint16(Properties.RECEIVE_MAXIMUM, welcome.receiveMax());
    writer.uint32(Properties.MAXIMUM_PACKET_SIZE, welcome.packetBytesMax());
    writer.uint16(Properties.TOPIC_ALIAS_MAXIMUM, welcome.topicAliasMax());
    welcome
        .assignedClientId()
        .ifPresent(clientId -> writer.string(Properties.ASSIGNED_CLIENT_ID, clientId));
    welcome
        .keepAliveSeconds()
        .ifPresent(seconds -> writer.uint16(Properties.SERVER_KEEP_ALIVE, seconds));
    return writer.withLength();
  }

  /** Those of a PUBLISH. */
  static byte[] ofPublish(PublishProperties properties, List<Integer> subscriptionIds) {
    if (properties.topicAlias() == 0
        && properties.expirySeconds() == PublishProperties.NEVER
        && subscriptionIds.isEmpty()
        && properties.passedOn().length == 0) {
      return NONE;
    }
    PropertiesWriter writer = new PropertiesWriter();
    if (properties.topicAlias() > 0) {
      writer.uint16(Properties.TOPIC_ALIAS, properties.topicAlias());
    }
    if (properties.expirySeconds() != PublishProperties.NEVER) {
      writer.uint32(Properties.MESSAGE_EXPIRY, properties.expirySeconds());
    }
    subscriptionIds.forEach(writer::subscriptionIdentifier);
    writer.out.writeBytes(properties.passedOn());
    return writer.withLength();
  }

  private void uint16(int id, int value) {
    out.write(id);
    uint16(value);
  }

  private void uint16(int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private void uint32(int id, long value) {
    out.write(id);
    uint16((int) (value >> 16));
    uint16((int) value);
  }

  private void string(int id, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.write(id);
    uint16(utf8.length);
    out.writeBytes(utf8);
  }

  private void subscriptionIdentifier(int id) {
    out.write(Properties.SUBSCRIPTION_IDENTIFIER);
    variable(out, id);
  }

  private byte[] withLength() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    variable(all, out.size());
    all.writeBytes(out.toByteArray());
    return all.toByteArray();
  }

  private static void variable(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }
}
