package io.floodmark.api.notify.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Language;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Messages;
import io.floodmark.api.notify.Outcome;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Against a broker in this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MqttChannelTest {
  private static final MessageText TEXT =
      new MessageText(ZoneId.of("Asia/Ho_Chi_Minh"), Optional.empty());

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<MqttPublishMessage> got = new LinkedBlockingQueue<>();
  private MqttServer broker;

  @BeforeAll
  void listen() throws Exception {
    broker = MqttServer.create(vertx);
    broker
        .endpointHandler(this::accept)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private void accept(MqttEndpoint endpoint) {
    if (!endpoint.auth().getPassword().equals("mat-khau")) {
      endpoint.reject(
          io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
      return;
    }
    endpoint.publishHandler(
        message -> {
          got.add(message);
          endpoint.publishAcknowledge(message.messageId());
        });
    endpoint.accept(false);
  }

  @AfterAll
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aSignGetsJsonThatTheBrokerKeeps() throws Exception {
    Message message = Messages.of(Language.VI, Messages.step(2, 3));
    Map<String, String> perSensor = Map.of("topic", "bang/{sensor}");
    assertEquals(Outcome.Kind.SENT, send(message, true, "mat-khau", perSensor).kind());
    MqttPublishMessage first = got.poll(5, TimeUnit.SECONDS);
    assertEquals("bang/bvd-03", first.topicName());
    assertEquals(1, first.qosLevel().value());
    assertTrue(first.isRetain());
    JsonNode body = new ObjectMapper().readTree(first.payload().getBytes());
    assertEquals(message.key().toString(), body.get("id").asText());
    assertTrue(body.get("on").asBoolean());

    // One of two alerts under one topic has ended, or one is on the shelf: the sign learns it all.
    send(message, false, "mat-khau", Map.of());
    JsonNode hidden =
        new ObjectMapper().readTree(got.poll(5, TimeUnit.SECONDS).payload().getBytes());
    assertFalse(hidden.get("on").asBoolean());
  }

  @Test
  void aTestOfJsonIsNotKept() throws Exception {
    send(Messages.of(Language.VI), false, "mat-khau", Map.of());
    MqttPublishMessage first = got.poll(5, TimeUnit.SECONDS);
    assertFalse(first.isRetain());
    assertTrue(first.payload().toString(StandardCharsets.UTF_8).contains("\"type\":\"test\""));
  }

  @Test
  void aSirenGetsWhatIsSoWhateverTheMessageIs() throws Exception {
    Map<String, String> onOff = Map.of("payload", "onoff", "on", "1", "off", "0");
    // This alert is over, but another one of the channel goes on.
    send(Messages.of(Language.VI, Messages.step(2, 0)), true, "mat-khau", onOff);
    assertEquals("1", got.poll(5, TimeUnit.SECONDS).payload().toString());
    // A test does not sound it.
    send(Messages.of(Language.VI), false, "mat-khau", onOff);
    MqttPublishMessage test = got.poll(5, TimeUnit.SECONDS);
    assertEquals("0", test.payload().toString());
    assertTrue(test.isRetain());
  }

  @Test
  void aWrongPasswordIsRefusedAndAnAbsentBrokerTriedAgain() throws Exception {
    assertEquals(
        Outcome.Kind.REFUSED,
        send(Messages.of(Language.VI), false, "mat-khau-cu", Map.of()).kind());
    assertEquals(
        Outcome.Kind.RETRY,
        send(Messages.of(Language.VI), false, "mat-khau", Map.of("url", "tcp://127.0.0.1:1"))
            .kind());
  }

  @Test
  void whatOnlyThisMachineReachesIsNeverCalled() throws Exception {
    assertEquals(
        Outcome.Kind.REFUSED,
        send(Messages.of(Language.VI), false, "a", Map.of("url", "tcp://169.254.169.254:1883"))
            .kind());
  }

  private Outcome send(Message message, boolean isOn, String password, Map<String, String> changes)
      throws InterruptedException {
    Map<String, String> settings = new HashMap<>();
    settings.put("url", "tcp://127.0.0.1:" + broker.actualPort());
    settings.put("user", "floodmark");
    settings.put("topic", "coi/bvd-03");
    settings.put("payload", "json");
    settings.putAll(changes);
    return MqttChannel.opener(TEXT, (setup, told, code) -> isOn)
        .open(Messages.setup(ChannelKind.MQTT, password, settings))
        .send(message);
  }
}
