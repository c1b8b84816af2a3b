package io.floodmark.api.notify.channels;

import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Notice;
import io.floodmark.api.notify.Outcome;
import io.floodmark.api.notify.Said;
import io.floodmark.api.notify.Said.Sentence;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Tells a siren or a sign behind an MQTT broker what to show: at QoS 1, retained, so that one that
 * comes back later learns it, too.
 */
public final class MqttChannel implements Channel {
  /** In a topic, stands for the code of the sensor. */
  public static final String SENSOR = "{sensor}";

  /** Setting {@code payload}: two fixed texts, for what cannot read JSON. */
  public static final String ON_OFF = "onoff";

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration PUBLISH_WITHIN = Duration.ofSeconds(5);
  private static final Duration PART_WITHIN = Duration.ofSeconds(1);
  private static final int QOS = 1;

  private final ChannelSetup setup;
  private final MessageText text;
  private final Siren siren;

  /** Knows whether a siren has to be on. */
  @FunctionalInterface
  public interface Siren {
    /**
     * Whether it has.
     *
     * @param sensorCode where each sensor has a sign of its own
     */
    boolean isOn(ChannelSetup setup, Message message, Optional<String> sensorCode)
        throws SQLException;
  }

  private MqttChannel(ChannelSetup setup, MessageText text, Siren siren) {
    this.setup = setup;
    this.text = text;
    this.siren = siren;
  }

  /** Sirens and signs; a connection for each message. */
  public static Opener opener(MessageText text, Siren siren) {
    return setup -> new MqttChannel(setup, text, siren);
  }

  @Override
  public Outcome send(Message message) {
    Optional<String> code =
        MessageJson.single(message).flatMap(Notice::place).map(Notice.Place::code);
    String pattern = setup.setting("topic");
    boolean ofSensor = pattern.contains(SENSOR);
    if (ofSensor && code.isEmpty() && !message.isTest()) {
      return Outcome.skipped(Sentence.NO_SIGN);
    }
    String host = URI.create(setup.setting("url")).getHost();
    try {
      Optional<Said> forbidden =
          AddressRule.WITH_LOOPBACK.whyForbidden(host, InetAddress::getAllByName);
      if (forbidden.isPresent()) {
        return new Outcome(Outcome.Kind.REFUSED, forbidden.get());
      }
    } catch (UnknownHostException e) {
      return Outcome.retry(Sentence.HOST_UNKNOWN, "host", host);
    }
    String topic = pattern.replace(SENSOR, code.orElse("test"));
    try {
      MqttMessage publish = new MqttMessage(payload(message, ofSensor ? code : Optional.empty()));
      publish.setQos(QOS);
      // A test of JSON is to be seen and then forgotten; on and off are what is so anyway.
      publish.setRetained(!message.isTest() || isOnOff());
      publish(topic, publish, message);
      return Outcome.sent(Sentence.BROKER_TOOK, "topic", topic);
    } catch (SQLException e) {
      return Outcome.retry(Sentence.SIREN_UNREADABLE, "why", e.getMessage());
    } catch (MqttException e) {
      return judged(e);
    }
  }

  private boolean isOnOff() {
    return setup.setting("payload").equals(ON_OFF);
  }

  private byte[] payload(Message message, Optional<String> code) throws SQLException {
    boolean isOn = siren.isOn(setup, message, code);
    if (isOnOff()) {
      return setup.setting(isOn ? "on" : "off").getBytes(StandardCharsets.UTF_8);
    }
    return MessageJson.of(message, text, Optional.of(isOn));
  }

  private void publish(String topic, MqttMessage publish, Message message) throws MqttException {
    String clientId = "floodmark-" + message.key().toString().substring(0, 8);
    try (MqttClient client =
        new MqttClient(setup.setting("url"), clientId, new MemoryPersistence())) {
      client.setTimeToWait(PUBLISH_WITHIN.toMillis());
      client.connect(options());
      try {
        // Returns when the broker has acknowledged (MQTT 3.1.1 §4.3.2).
        client.publish(topic, publish);
      } finally {
        disconnect(client);
      }
    }
  }

  private MqttConnectOptions options() {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setConnectionTimeout((int) CONNECT_WITHIN.toSeconds());
    if (!setup.setting("user").isEmpty()) {
      options.setUserName(setup.setting("user"));
      options.setPassword(setup.secret().toCharArray());
    }
    return options;
  }

  private static void disconnect(MqttClient client) throws MqttException {
    if (client.isConnected()) {
      try {
        client.disconnect(PART_WITHIN.toMillis());
      } catch (MqttException e) {
        // What was acknowledged is there, however we part.
        client.disconnectForcibly(0, PART_WITHIN.toMillis(), false);
      }
    }
  }

  private static Outcome judged(MqttException e) {
    return switch (e.getReasonCode()) {
      case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
          MqttException.REASON_CODE_NOT_AUTHORIZED,
          MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          Outcome.refused(Sentence.BROKER_REFUSED, "why", e);
      default -> Outcome.retry(Sentence.BROKER_REFUSED, "why", e);
    };
  }
}
