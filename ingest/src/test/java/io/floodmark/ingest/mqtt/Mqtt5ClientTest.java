package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MQTT 5 over sockets, with a client that is not ours. */
@ExtendWith(NoLeaks.class)
class Mqtt5ClientTest {
  private static final long PATIENCE_MILLIS = 30_000;
  private static final String READINGS = "sensors/a/readings";
  private static final int PAYLOAD_FORMAT_INVALID = 0x99;
  private static final int SESSION_TAKEN_OVER = 0x8e;

  private final Street street = new Street();
  private final List<MqttAsyncClient> clients = new ArrayList<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    street.listener.start();
  }

  @AfterEach
  void stop() throws MqttException {
    for (MqttAsyncClient client : clients) {
      client.disconnectForcibly(0, 1, false);
      client.close();
    }
    street.listener.close();
  }

  @Test
  void aReadingWithQos2IsReceivedAfterItsCommit() throws Exception {
    MqttAsyncClient client = client("a");
    IMqttToken connected = connect(client, "a", Street.TOKEN_A, 0);
    assertEquals(1_000, connected.getResponseProperties().getReceiveMaximum());
    assertFalse(connected.getSessionPresent());

    IMqttToken token = client.publish(READINGS, bytes("{\"depth_mm\":142}"), 2, false);
    Submission submission = street.crank.await();
    assertFalse(token.isComplete());
    street.crank.commit(List.of(submission));
    token.waitForCompletion(PATIENCE_MILLIS);
  }

  @Test
  void whatIsRejectedIsAnsweredWithItsReason() throws Exception {
    MqttAsyncClient client = client("a");
    connect(client, "a", Street.TOKEN_A, 0);
    IMqttToken token = client.publish(READINGS, bytes("no json"), 1, false);
    street.crank.commit(List.of(street.crank.await()));
    token.waitForCompletion(PATIENCE_MILLIS);

    assertArrayEquals(new int[] {PAYLOAD_FORMAT_INVALID}, token.getReasonCodes());
  }

  @Test
  void whoIsTakenOverIsToldWhy() throws Exception {
    connect(client("same"), "a", Street.TOKEN_A, 0);
    connect(client("same"), "a", Street.TOKEN_A, 0);

    assertEquals("disconnected " + SESSION_TAKEN_OVER, next());
  }

  @Test
  void aReaderComesBackToItsSession() throws Exception {
    MqttAsyncClient first = client("r");
    connect(first, "reader", Street.TOKEN_R, 60);
    first.subscribe("levels/#", 1).waitForCompletion(PATIENCE_MILLIS);
    first.disconnect().waitForCompletion(PATIENCE_MILLIS);
    street.listener.broker().publishState("levels/a", bytes("142"));

    IMqttToken connected = connect(client("r"), "reader", Street.TOKEN_R, 60);
    assertTrue(connected.getSessionPresent());
    assertEquals("levels/a 142", next());
  }

  private String next() throws InterruptedException {
    return events.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private MqttAsyncClient client(String clientId) throws MqttException {
    MqttAsyncClient client =
        new MqttAsyncClient(
            "tcp://127.0.0.1:" + street.listener.port(), clientId, new MemoryPersistence());
    clients.add(client);
    client.setCallback(new Listening());
    return client;
  }

  private static IMqttToken connect(
      MqttAsyncClient client, String user, String password, long sessionExpirySeconds)
      throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(user);
    options.setPassword(bytes(password));
    options.setCleanStart(false);
    options.setSessionExpiryInterval(sessionExpirySeconds);
    options.setTopicAliasMaximum(8);
    IMqttToken token = client.connect(options);
    token.waitForCompletion(PATIENCE_MILLIS);
    return token;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private final class Listening implements MqttCallback {
    @Override
    public void disconnected(MqttDisconnectResponse response) {
      events.add("disconnected " + response.getReturnCode());
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      events.add(exception.toString());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      // Each test waits for its own.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
      // Each test waits for its own.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
      events.add("AUTH " + reasonCode);
    }
  }
}
