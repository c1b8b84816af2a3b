package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.api.DatabaseRelay;
import io.floodmark.ingest.Ingest;
import io.floodmark.ingest.IngestConfig;
import io.floodmark.staff.Right;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
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
 * Programs that read levels and alerts over MQTT with an API token, from another process than the
 * one that sensors send to.
 */
@ParameterizedClass
@EnumSource
final class ReadersTest {
  private static final String SENSOR_TOKEN = "a-token-of-a-sensor-of-ours";
  private static final int PATIENCE_S = 10;
  private static final int NOT_AUTHORIZED = 5;

  private static Line line;
  private static DatabaseRelay relay;
  private static Ingest other;

  @Parameter Engine engine;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @BeforeParameterizedClassInvocation
  static void start(Engine engine) throws SQLException, IOException {
    line = Line.start(engine);
    relay = new DatabaseRelay(line.database());
    other =
        new Ingest(
            IngestConfig.DEFAULT.withMqtt("127.0.0.1", 0),
            relay.database(),
            InstantSource.system());
    other.start();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws SQLException, IOException {
    other.close();
    relay.close();
    line.close();
  }

  @Test
  void levelsAndAlertsOfAnotherProcessArriveRetainedAndThenAsTheyChange() throws Exception {
    token("both", "mqtt.subscribe");
    line.register("flood-1", "Ngã tư Bần", SENSOR_TOKEN);
    try (MqttClient sensor = line.connect("flood-1", SENSOR_TOKEN)) {
      publish(sensor, 2_250);
      publish(sensor, 2_250);
      try (MqttClient reader = connect("both")) {
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
    token("mosquitto", "mqtt.subscribe");
    for (String code : List.of("mosq-1", "mosq-2")) {
      line.register(code, code, SENSOR_TOKEN);
      try (MqttClient sensor = line.connect(code, SENSOR_TOKEN)) {
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
                          Integer.toString(other.mqttPort()),
                          "-u",
                          "reader",
                          "-P",
                          secret("mosquitto"),
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
          assertTrue(subscriber.waitFor(PATIENCE_S, TimeUnit.SECONDS), "mosquitto_sub hangs");
          assertTrue(said.contains("levels/mosq-1 {\"code\":\"mosq-1\""), said);
          assertTrue(said.contains("levels/mosq-2 {\"code\":\"mosq-2\""), said);
          assertFalse(said.contains("alerts/") || said.contains("sensors/"), said);
        });
  }

  @Test
  void foreignTopicsAreRefusedAndWhoeverPublishesIsClosed() throws Exception {
    token("curious", "mqtt.subscribe");
    line.register("curious-1", "Ngõ 12", SENSOR_TOKEN);
    try (MqttClient reader = connect("curious")) {
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
      assertEquals(HeardLines.LOST, events.poll(PATIENCE_S, TimeUnit.SECONDS));
    }
    assertEquals(
        "0",
        line.query("SELECT count(*) FROM rejected_message WHERE topic LIKE ?", "sensors/curious%"));
    assertEquals(
        "0", line.query("SELECT count(*) FROM export_reading WHERE sensor_code = ?", "curious-1"));
  }

  @Test
  void onlyLiveTokensWithTheRightAreLetIn() throws Exception {
    token("right", "mqtt.subscribe");
    leave(connect("right"));
    token("wrong right", "audit.see");
    token("too late", "mqtt.subscribe");
    sql("UPDATE api_token SET expires_at = now() - interval '1 second' WHERE name = ?", "too late");
    token("last", "mqtt.subscribe");
    // Once the last is known, so are the others.
    leave(connect("last"));
    for (String name : List.of("wrong right", "too late", "never made")) {
      MqttException refused = assertThrows(MqttException.class, () -> connectOnce(name), name);
      assertEquals(NOT_AUTHORIZED, refused.getReasonCode(), name);
    }
    line.register("flood-2", "Cổng chợ", SENSOR_TOKEN);
    Until.succeeds(
        "a name that is a sensor's takes no reader's token",
        () -> assertThrows(MqttException.class, () -> leave(connectAs("flood-2", "right", "f"))));
  }

  @Test
  void revokingAndClosingTheMakersAccountAreInForceWithinASecond() throws Exception {
    token("revoked", "mqtt.subscribe");
    try (MqttClient reader = connect("revoked")) {
      sql("UPDATE api_token SET revoked_at = now() WHERE name = ?", "revoked");
      assertEquals(HeardLines.LOST, events.poll(1, TimeUnit.SECONDS));
      assertFalse(reader.isConnected());
    }
    assertThrows(MqttException.class, () -> connectOnce("revoked"));

    sql(
        """
        INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
        VALUES (?, 'Lan', 'admin', '-', now(), now())
        """,
        "lan");
    token("made by lan", "mqtt.subscribe");
    sql("UPDATE api_token SET created_by = (SELECT id FROM staff) WHERE name = ?", "made by lan");
    try (MqttClient reader = connect("made by lan")) {
      events.clear();
      sql("UPDATE staff SET disabled_at = now() WHERE login = ?", "lan");
      assertEquals(HeardLines.LOST, events.poll(1, TimeUnit.SECONDS));
      assertFalse(reader.isConnected());
    }
    assertThrows(MqttException.class, () -> connectOnce("made by lan"));
  }

  @Test
  void aSessionEndsWhenItsTokenExpires() throws Exception {
    token("short", "mqtt.subscribe");
    sql("UPDATE api_token SET expires_at = now() + interval '4 seconds' WHERE name = ?", "short");
    try (MqttClient reader = connect("short")) {
      events.clear();
      String lost = events.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertEquals(HeardLines.LOST, lost);
      assertEquals(
          "true",
          line.query(
              """
              SELECT now() BETWEEN expires_at AND expires_at + interval '1 second'
              FROM api_token WHERE name = ?
              """,
              "short"));
      assertFalse(reader.isConnected());
    }
  }

  @Test
  void knownReadersSignInWhileTheDatabaseIsAway() throws Exception {
    token("known", "mqtt.subscribe");
    leave(connect("known"));
    relay.cut();
    try {
      try (MqttClient reader = connectOnce("known")) {
        reader.subscribe("levels/#");
        assertTrue(reader.isConnected());
        reader.disconnect();
      }
      assertThrows(MqttException.class, () -> connectOnce("guessed"));
    } finally {
      relay.restore();
    }
    // What was made meanwhile is known once the database is back.
    token("made meanwhile", "mqtt.subscribe");
    leave(connect("made meanwhile"));
  }

  @Test
  void aSessionThatIsKeptOutlivesARestart() throws Exception {
    token("kept", "mqtt.subscribe");
    line.register("kept-1", "Cầu Ngà", SENSOR_TOKEN);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    options.setUserName("reader");
    options.setPassword(secret("kept").toCharArray());
    try (Ingest before = another()) {
      MqttClient client = keptClient(before);
      assertFalse(client.connectWithResult(options).getSessionPresent());
      client.subscribe("levels/kept-1", 1);
      client.disconnect();
    }
    try (MqttClient sensor = line.connect("kept-1", SENSOR_TOKEN)) {
      publish(sensor, 2_400);
      sensor.disconnect();
    }
    try (Ingest after = another();
        MqttClient client = keptClient(after)) {
      assertTrue(client.connectWithResult(options).getSessionPresent());
      assertTrue(next("kept-1").startsWith("levels/kept-1 "));
      client.disconnect();
    }
  }

  private static Ingest another() {
    Ingest ingest =
        new Ingest(
            IngestConfig.DEFAULT.withMqtt("127.0.0.1", 0), line.database(), InstantSource.system());
    ingest.start();
    return ingest;
  }

  private MqttClient keptClient(Ingest ingest) throws MqttException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + ingest.mqttPort(), "kept", new MemoryPersistence());
    client.setCallback(new HeardLines(events));
    return client;
  }

  @Test
  void theUseOfATokenIsWrittenDown() throws Exception {
    token("in use", "mqtt.subscribe");
    try (MqttClient reader = connect("in use")) {
      Until.succeeds(
          "the use of a token is written",
          () ->
              assertEquals(
                  "true",
                  line.query(
                      "SELECT used_at IS NOT NULL FROM api_token WHERE name = ?", "in use")));
      reader.disconnect();
    }
  }

  private static String secret(String name) {
    return "secret of " + name + " 0123456789";
  }

  private static void token(String name, String right) throws SQLException {
    assertTrue(Right.find(right).isPresent());
    try (Connection connection = line.database().connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO api_token (name, token_sha256, rights, created_at)
                VALUES (?, sha256(?), ARRAY[?], now())
                """)) {
      insert.setString(1, name);
      insert.setBytes(2, secret(name).getBytes(StandardCharsets.UTF_8));
      insert.setString(3, right);
      insert.executeUpdate();
    }
  }

  private static void sql(String statement, String argument) throws SQLException {
    try (Connection connection = line.database().connect();
        PreparedStatement update = connection.prepareStatement(statement)) {
      update.setString(1, argument);
      update.executeUpdate();
    }
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
      event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertTrue(event != null, "nothing comes about " + code);
    } while (!event.contains("/" + code + " "));
    return event;
  }

  private static void leave(MqttClient reader) throws MqttException {
    reader.disconnect();
    reader.close();
  }

  /** Signs in to the other process, once it has heard of the token. */
  private MqttClient connect(String name) {
    BlockingQueue<MqttClient> connected = new LinkedBlockingQueue<>();
    Until.succeeds("sign-in with " + name, () -> connected.add(connectOnce(name)));
    return connected.remove();
  }

  private MqttClient connectOnce(String name) throws MqttException {
    return connectAs("reader", name, "reader of " + name);
  }

  private MqttClient connectAs(String user, String token, String clientId) throws MqttException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + other.mqttPort(), clientId, new MemoryPersistence());
    client.setTimeToWait(TimeUnit.SECONDS.toMillis(PATIENCE_S));
    client.setCallback(new HeardLines(events));
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(user);
    options.setPassword(secret(token).toCharArray());
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    client.connect(options);
    return client;
  }
}
