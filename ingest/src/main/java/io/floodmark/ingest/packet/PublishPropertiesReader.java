package io.floodmark.ingest.packet;

import java.util.Arrays;

/** Reads the properties of a PUBLISH or of a will (MQTT 5.0 §3.3.2.3, §3.1.3.2). Serves for one. */
final class PublishPropertiesReader {
  private final Body body;
  private final Properties properties;
  private final boolean ofWill;

  private int alias;
  private long expirySeconds = PublishProperties.NEVER;
  private long delaySeconds;
  private final byte[] passedOn;
  private int passedOnBytes;

  private PublishPropertiesReader(Body body, int length, boolean ofWill) {
    this.body = body;
    this.properties = new Properties(body, length);
    this.ofWill = ofWill;
    this.passedOn = new byte[length];
  }

  static PublishProperties ofPublish(Body body) {
    return read(body, false);
  }

  static PublishProperties ofWill(Body body) {
    return read(body, true);
  }

  private static PublishProperties read(Body body, boolean ofWill) {
    int length = body.variable();
    return length == 0
        ? PublishProperties.NONE
        : new PublishPropertiesReader(body, length, ofWill).read();
  }

  private PublishProperties read() {
    for (int id = properties.next(); id != Properties.END; id = properties.next()) {
      if (id == (ofWill ? Properties.TOPIC_ALIAS : Properties.WILL_DELAY)) {
        throw Properties.notHere(id);
      }
      if (isPassedOn(id)) {
        passOn();
      }
    }
    return new PublishProperties(
        alias, expirySeconds, delaySeconds, Arrays.copyOf(passedOn, passedOnBytes));
  }

  private boolean isPassedOn(int id) {
    switch (id) {
      case Properties.TOPIC_ALIAS -> alias = alias(body.uint16());
      case Properties.MESSAGE_EXPIRY -> expirySeconds = body.uint32();
      case Properties.WILL_DELAY -> delaySeconds = body.uint32();
      default -> {
        check(id);
        return true;
      }
    }
    return false;
  }

  private void check(int id) {
    switch (id) {
      case Properties.PAYLOAD_FORMAT -> properties.flag();
      case Properties.CONTENT_TYPE -> body.skipString();
      case Properties.RESPONSE_TOPIC -> checkTopic(body.string());
      case Properties.CORRELATION_DATA -> body.advance(body.uint16());
      case Properties.USER_PROPERTY -> properties.userProperty();
      case Properties.SUBSCRIPTION_IDENTIFIER ->
          throw Breach.forbidden("a subscription identifier (MQTT-3.3.4-6)");
      default -> throw Properties.notHere(id);
    }
  }

  private void passOn() {
    int bytes = body.position() - properties.start();
    if (bytes > passedOn.length - passedOnBytes) {
      throw Breach.unreadable("a property that is longer than all of them");
    }
    body.copy(properties.start(), passedOn, passedOnBytes, bytes);
    passedOnBytes += bytes;
  }

  private static int alias(int value) {
    if (value == 0) {
      throw Breach.of(ReasonCode.TOPIC_ALIAS_INVALID, "topic alias 0 (MQTT-3.3.2-8)");
    }
    return value;
  }

  private static void checkTopic(String topic) {
    if (topic.isEmpty() || topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0) {
      throw Breach.forbidden("a response topic that is none (MQTT-3.3.2-14)");
    }
  }
}
