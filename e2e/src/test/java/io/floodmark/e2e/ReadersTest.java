package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.Ingest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What programs read of levels and alerts over MQTT with an API token, from another process than
 * the one that sensors send to.
 */
@ParameterizedClass
@EnumSource
final class ReadersTest {
  private static final String SENSOR_TOKEN = "a-token-of-a-sensor-of-ours";

  private static ReadWard ward;

  @Parameter Engine engine;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @BeforeParameterizedClassInvocation
  static void start(Engine engine) throws SQLException, IOException {
    ward = ReadWard.start(engine);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws SQLException, IOException {
    ward.close();
  }

  @Test
  void levelsAndAlertsOfAnotherProcessArriveRetainedAndThenAsTheyChange() throws Exception {
    ward.token("both", "mqtt.subscribe");
    ward.line().register("flood-1", "Ngã tư Bần", SENSOR_TOKEN);
    try (MqttClient sensor = ward.line().connect("flood-1", SENSOR_TOKEN)) {
      publish(sensor, 2_250);
      publish(sensor, 2_250);
      try (MqttClient reader = ward.connect("both", events)) {
        Until.succeeds(
            "what is retained reaches the other process",
            () -> {
              events.clear();
              reader.subscribe(new String[] {"levels/+", "alerts/#"}, new int[] {1, 1});
              Set<String> retained = new HashSet<>();
              retained.add(next("flood-1"));
              retained.add(next("flood-1"));
              assertTrue(
                  retained.stream()
                      .anyMatch(e -> e.matches("levels/flood-1 .*\"depthMm\":250.* retained 1")),
                  retained::toString);
              assertTrue(
                  retained.stream()
                      .anyMatch(
                          e ->
                              e.matches(
                                  "alerts/flood-1 .*\"level\":3,\"state\":\"active\".* retained 1")),
                  retained::toString);
            });
        publish(sensor, 1_900);
        publish(sensor, 1_900);
        Set<String> fresh = new HashSet<>();
        while (fresh.stream().map(event -> event.charAt(0)).distinct().count() < 2) {
          fresh.add(next("flood-1"));
        }
        assertTrue(
            fresh.stream().anyMatch(e -> e.matches("levels/flood-1 .*\"depthMm\":600.* new 1")),
            fresh::toString);
        assertTrue(
            fresh.stream()
                .anyMatch(
                    e -> e.matches("alerts/flood-1 .*\"level\":4,\"state\":\"active\".* new 1")),
            fresh::toString);
        reader.disconnect();
      }
      sensor.disconnect();
    }
  }

  @Test
  void mosquittoSubReadsEveryLevelByAWildcard() throws Exception {
    String program = Needs.mosquittoSub().toString();
    ward.token("mosquitto", "mqtt.subscribe");
    for (String code : List.of("mosq-1", "mosq-2")) {
      ward.line().register(code, code, SENSOR_TOKEN);
      try (MqttClient sensor = ward.line().connect(code, SENSOR_TOKEN)) {
        publish(sensor, 2_400);
        sensor.disconnect();
      }
    }
    Until.succeeds(
        "both levels reach the other process",
        () -> {
          Process subscriber =
              new ProcessBuilder(
                      List.of(
                          program,
                          "-h",
                          "127.0.0.1",
                          "-p",
                          Integer.toString(ward.readersPort()),
                          "-u",
                          "reader",
                          "-P",
                          ReadWard.secret("mosquitto"),
                          "-V",
                          "311",
                          "-v",
                          "-t",
                          "levels/#",
                          "--retained-only",
                          "-W",
                          "2"))
                  .redirectErrorStream(true)
                  .start();
          String said =
              new String(subscriber.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          assertTrue(
              subscriber.waitFor(ReadWard.PATIENCE_S, TimeUnit.SECONDS), "mosquitto_sub hangs");
          assertTrue(said.contains("levels/mosq-1 {\"code\":\"mosq-1\""), said);
          assertTrue(said.contains("levels/mosq-2 {\"code\":\"mosq-2\""), said);
          assertFalse(said.contains("alerts/") || said.contains("sensors/"), said);
        });
  }

  @Test
  void foreignTopicsAreRefusedAndWhoeverPublishesIsClosed() throws Exception {
    ward.token("curious", "mqtt.subscribe");
    ward.line().register("curious-1", "Ngõ 12", SENSOR_TOKEN);
    try (MqttClient reader = ward.connect("curious", events)) {
      for (String filter : List.of("#", "sensors/#", "sensors/curious-1/readings", "levels/a/#")) {
        assertThrows(MqttException.class, () -> reader.subscribe(filter), filter);
      }
      assertTrue(reader.isConnected());
      assertThrows(
          MqttException.class,
          () ->
              reader.publish(
                  "sensors/curious-1/readings",
                  "{\"distance_mm\":1}".getBytes(StandardCharsets.UTF_8),
                  1,
                  false));
      assertEquals(HeardLines.LOST, events.poll(ReadWard.PATIENCE_S, TimeUnit.SECONDS));
    }
    assertEquals(
        "0",
        ward.line()
            .query("SELECT count(*) FROM rejected_message WHERE topic LIKE ?", "sensors/curious%"));
    assertEquals(
        "0",
        ward.line()
            .query("SELECT count(*) FROM export_reading WHERE sensor_code = ?", "curious-1"));
  }

  @Test
  void aSessionThatIsKeptOutlivesARestart() throws Exception {
    ward.token("kept", "mqtt.subscribe");
    ward.line().register("kept-1", "Cầu Ngà", SENSOR_TOKEN);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    options.setUserName("reader");
    options.setPassword(ReadWard.secret("kept").toCharArray());
    try (Ingest before = ward.another()) {
      MqttClient client = keptClient(before);
      assertFalse(client.connectWithResult(options).getSessionPresent());
      client.subscribe("levels/kept-1", 1);
      client.disconnect();
    }
    try (MqttClient sensor = ward.line().connect("kept-1", SENSOR_TOKEN)) {
      publish(sensor, 2_400);
      sensor.disconnect();
    }
    try (Ingest after = ward.another();
        MqttClient client = keptClient(after)) {
      assertTrue(client.connectWithResult(options).getSessionPresent());
      assertTrue(next("kept-1").startsWith("levels/kept-1 "));
      client.disconnect();
    }
  }

  private MqttClient keptClient(Ingest ingest) throws MqttException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + ingest.mqttPort(), "kept", new MemoryPersistence());
    client.setCallback(new HeardLines(events));
    return client;
  }

  /** A sensor's reading, once it is acknowledged. */
  private static void publish(MqttClient sensor, int distanceMm) throws MqttException {
    sensor.publish(
        "sensors/" + sensor.getClientId() + "/readings",
        "{\"distance_mm\":%d}".formatted(distanceMm).getBytes(StandardCharsets.UTF_8),
        1,
        false);
  }

  /** The next message about that sensor. */
  private String next(String code) throws InterruptedException {
    String event;
    do {
      event = events.poll(ReadWard.PATIENCE_S, TimeUnit.SECONDS);
      assertTrue(event != null, "nothing comes about " + code);
    } while (!event.contains("/" + code + " "));
    return event;
  }
}
