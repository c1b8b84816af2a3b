package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.commit.Submission.StatusChange;
import io.floodmark.sensor.SensorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Over sockets, with a client that is not ours. */
@ExtendWith(NoLeaks.class)
class MqttListenerTest {
  private static final long PATIENCE_MILLIS = 30_000;

  private final Street street = new Street();
  private final List<MqttAsyncClient> clients = new ArrayList<>();

  @BeforeEach
  void start() {
    street.listener.start();
  }

  @AfterEach
  void stop() throws MqttException {
    for (MqttAsyncClient client : clients) {
      // Paho waits all of the time given, whatever happens in it.
      client.disconnectForcibly(0, 1);
      client.close();
    }
    street.listener.close();
  }

  @Test
  void aReadingIsAcknowledgedAfterItsCommit() throws Exception {
    MqttAsyncClient client = connect("a", Street.TOKEN_A);
    IMqttDeliveryToken token =
        client.publish("sensors/a/readings", bytes("{\"depth_mm\":142}"), 1, false);
    Submission submission = street.crank.await();
    assertFalse(token.isComplete());

    street.crank.commit(List.of(submission));
    token.waitForCompletion(PATIENCE_MILLIS);
  }

  @Test
  void aWrongTokenIsToldSo() {
    MqttException refused = assertThrows(MqttException.class, () -> connect("a", "wrong"));

    assertEquals(MqttException.REASON_CODE_NOT_AUTHORIZED, refused.getReasonCode());
  }

  @Test
  void thousandsOfReadingsOfManySensorsAreEachAcknowledgedOnce() throws Exception {
    int sensors = 10;
    int each = 200;
    List<SensorDirectory.Entry> entries =
        IntStream.range(0, sensors)
            .mapToObj(i -> Street.entry(i + 1, "s" + i, "token-of-many-" + i))
            .toList();
    street.directory.replaceAll(entries);
    Thread commits =
        new Thread(
            () -> {
              for (int n = 0; n < sensors * each; n++) {
                street.crank.commit(List.of(street.crank.await()));
              }
            },
            "commits");
    commits.start();
    List<IMqttDeliveryToken> tokens = new ArrayList<>();
    for (int i = 0; i < sensors; i++) {
      MqttAsyncClient client = connect("s" + i, "token-of-many-" + i);
      for (int n = 0; n < each; n++) {
        tokens.add(
            client.publish("sensors/s" + i + "/readings", bytes("{\"rain_mm\":1}"), 1, false));
      }
    }
    for (IMqttDeliveryToken token : tokens) {
      token.waitForCompletion(PATIENCE_MILLIS);
    }
    commits.join(PATIENCE_MILLIS);

    assertEquals(tokens.size(), street.counters.received());
    assertEquals(tokens.size(), street.counters.acknowledged());
    assertEquals(0, street.queue.size());
  }

  @Test
  void anOversizedMessageIsAcknowledgedAndItsConnectionClosed() throws Exception {
    MqttAsyncClient client = connect("a", Street.TOKEN_A);
    CountDownLatch lost = new CountDownLatch(1);
    client.setCallback(new Events(lost, new LinkedBlockingQueue<>()));
    IMqttDeliveryToken token = client.publish("sensors/a/readings", new byte[1_000_000], 1, false);
    street.crank.commit(List.of(street.crank.await()));

    token.waitForCompletion(PATIENCE_MILLIS);
    assertTrue(lost.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
  }

  @Test
  void whatIsRetainedAndWhatIsNewReachASubscriber() throws Exception {
    street.listener.broker().publishState("sensors/a/status", bytes("online"));
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    MqttAsyncClient client = connect("a", Street.TOKEN_A);
    client.setCallback(new Events(new CountDownLatch(1), messages));
    client
        .subscribe(new String[] {"sensors/a/status", "levels/a"}, new int[] {1, 0})
        .waitForCompletion(PATIENCE_MILLIS);
    assertEquals(
        "sensors/a/status online retained", messages.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));

    street.listener.broker().publishState("levels/a", bytes("{}"));
    assertEquals("levels/a {}", messages.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
  }

  @Test
  void aForeignSubscriptionFails() throws Exception {
    IMqttToken answer = connect("a", Street.TOKEN_A).subscribe("levels/b", 1);
    answer.waitForCompletion(PATIENCE_MILLIS);

    assertArrayEquals(new int[] {0x80}, answer.getGrantedQos());
  }

  @Test
  void theWillOfALineThatBreaksIsSubmitted() throws Exception {
    try (Socket socket = dial()) {
      socket.getOutputStream().write(Street.a().will("sensors/a/status", "offline").bytes());
      assertEquals(Street.CONNACK, read(socket, 4));
      socket.setSoLinger(true, 0);
    }

    assertEquals(Optional.of(new StatusChange(false, true)), street.crank.await().status());
  }

  @Test
  void aRetiredSensorLosesItsLine() throws Exception {
    try (Socket socket = dial()) {
      socket.getOutputStream().write(Street.a().bytes());
      assertEquals(Street.CONNACK, read(socket, 4));
      street.directory.update(Set.of(1), List.of());

      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void aStopAcknowledgesWhatIsInAndPublishesNoWills() throws Exception {
    try (Socket socket = dial()) {
      OutputStream out = socket.getOutputStream();
      out.write(Street.a().will("sensors/a/status", "offline").bytes());
      assertEquals(Street.CONNACK, read(socket, 4));
      out.write(Packets.publish("sensors/a/readings", 1, 7, "{\"depth_mm\":1}"));
      Submission submission = street.crank.await();

      street.listener.stopAccepting();
      out.write(Packets.publish("sensors/a/readings", 1, 8, "{\"depth_mm\":2}"));
      street.crank.commit(List.of(submission));
      assertTrue(street.queue.awaitEmpty(PATIENCE_MILLIS));
      street.listener.close();

      assertEquals(Wire.puback(7), read(socket, 4));
    }
    assertEquals(0, street.queue.size());
  }

  @Test
  void nobodySignsInWhileWeStop() throws Exception {
    try (Socket early = dial()) {
      // Once this one is in, the one before it has been accepted.
      try (Socket later = dial()) {
        later.getOutputStream().write(Street.b().bytes());
        assertEquals(Street.CONNACK, read(later, 4));
      }
      street.listener.stopAccepting();

      // Told so, or cut off if it was accepted only now.
      assertTrue(Set.of("20020003", "").contains(answerTo(Street.a().bytes(), early)));
      assertThrows(IOException.class, this::dial);
    }
  }

  @Test
  void aTakenPortIsNamed() {
    MqttListener second =
        new MqttListener(
            new MqttConfig("127.0.0.1", street.listener.port(), MqttLimits.DEFAULT),
            street.directory,
            new ReaderDirectory(List.of()),
            street.queue,
            () -> Street.NOW,
            new MqttCounters());
    IllegalStateException refused = assertThrows(IllegalStateException.class, second::start);

    assertTrue(refused.getMessage().contains("127.0.0.1:" + street.listener.port()));
  }

  @Test
  void aListenerThatIsNotStartedHasNoPortAndCanBeClosed() {
    MqttListener idle = new Street().listener;
    assertThrows(IllegalStateException.class, idle::port);
    idle.close();
  }

  private MqttAsyncClient connect(String code, String token) throws MqttException {
    MqttAsyncClient client =
        new MqttAsyncClient(
            "tcp://127.0.0.1:" + street.listener.port(),
            new SensorCode(code).value(),
            new MemoryPersistence());
    clients.add(client);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(code);
    options.setPassword(token.toCharArray());
    options.setMaxInflight(1_000);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    client.connect(options).waitForCompletion(PATIENCE_MILLIS);
    return client;
  }

  private Socket dial() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), street.listener.port());
    socket.setSoTimeout((int) PATIENCE_MILLIS);
    return socket;
  }

  private static String read(Socket socket, int bytes) throws IOException {
    InputStream in = socket.getInputStream();
    return HexFormat.of().formatHex(in.readNBytes(bytes));
  }

  /** Four bytes; fewer, or none, from a line that is cut off. */
  private static String answerTo(byte[] packet, Socket socket) {
    try {
      socket.getOutputStream().write(packet);
      return read(socket, 4);
    } catch (SocketException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a client is told. */
  private record Events(CountDownLatch lost, BlockingQueue<String> messages)
      implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
      lost.countDown();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      messages.add(
          topic
              + " "
              + new String(message.getPayload(), StandardCharsets.UTF_8)
              + (message.isRetained() ? " retained" : ""));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // The tests wait for the token itself.
    }
  }
}
