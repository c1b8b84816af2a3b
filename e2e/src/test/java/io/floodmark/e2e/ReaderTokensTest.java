package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who reads over MQTT is let in by an API token, and for as long as it holds. */
@ParameterizedClass
@EnumSource
final class ReaderTokensTest {
  private static final String SENSOR_TOKEN = "a-token-of-a-sensor-of-ours";
  private static final int NOT_AUTHORIZED = 5;

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
  void onlyLiveTokensWithTheRightAreLetIn() throws Exception {
    ward.token("right", "mqtt.subscribe");
    ReadWard.leave(ward.connect("right", events));
    ward.token("wrong right", "audit.see");
    ward.token("too late", "mqtt.subscribe");
    ward.sql(
        "UPDATE api_token SET expires_at = now() - interval '1 second' WHERE name = ?", "too late");
    ward.token("last", "mqtt.subscribe");
    // Once the last is known, so are the others.
    ReadWard.leave(ward.connect("last", events));
    for (String name : List.of("wrong right", "too late", "never made")) {
      MqttException refused =
          assertThrows(MqttException.class, () -> ward.connectOnce(name, events), name);
      assertEquals(NOT_AUTHORIZED, refused.getReasonCode(), name);
    }
    ward.line().register("flood-2", "Cổng chợ", SENSOR_TOKEN);
    Until.succeeds(
        "a name that is a sensor's takes no reader's token",
        () ->
            assertThrows(
                MqttException.class,
                () -> ReadWard.leave(ward.connectAs("flood-2", "right", "f", events))));
  }

  /** Within a second, where nothing else runs; nothing but a ring would bring them into force. */
  @Test
  void revokingAndClosingTheMakersAccountAreInForceAtOnce() throws Exception {
    ward.token("revoked", "mqtt.subscribe");
    try (MqttClient reader = ward.connect("revoked", events)) {
      ward.sql("UPDATE api_token SET revoked_at = now() WHERE name = ?", "revoked");
      assertEquals(HeardLines.LOST, events.poll(ReadWard.PATIENCE_S, TimeUnit.SECONDS));
      assertFalse(reader.isConnected());
    }
    assertThrows(MqttException.class, () -> ward.connectOnce("revoked", events));

    ward.sql(
        """
        INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
        VALUES (?, 'Lan', 'admin', '-', now(), now())
        """,
        "lan");
    ward.token("made by lan", "mqtt.subscribe");
    ward.sql(
        "UPDATE api_token SET created_by = (SELECT id FROM staff) WHERE name = ?", "made by lan");
    try (MqttClient reader = ward.connect("made by lan", events)) {
      events.clear();
      ward.sql("UPDATE staff SET disabled_at = now() WHERE login = ?", "lan");
      assertEquals(HeardLines.LOST, events.poll(ReadWard.PATIENCE_S, TimeUnit.SECONDS));
      assertFalse(reader.isConnected());
    }
    // What ended it may have been the word of who made it.
    Until.succeeds(
        "a token of a closed account is refused",
        () ->
            assertThrows(
                MqttException.class,
                () -> ReadWard.leave(ward.connectOnce("made by lan", events))));
  }

  @Test
  void aSessionEndsWhenItsTokenExpires() throws Exception {
    // With its end from the first: a session ends, too, when its token is changed.
    ward.token("short", "mqtt.subscribe", Optional.of("6 seconds"));
    try (MqttClient reader = ward.connect("short", events)) {
      events.clear();
      String lost = events.poll(ReadWard.PATIENCE_S, TimeUnit.SECONDS);
      assertEquals(HeardLines.LOST, lost);
      assertEquals(
          "true",
          ward.line()
              .query(
                  """
              SELECT now() >= expires_at FROM api_token WHERE name = ?
              """,
                  "short"));
      assertFalse(reader.isConnected());
    }
  }

  @Test
  void knownReadersSignInWhileTheDatabaseIsAway() throws Exception {
    ward.token("known", "mqtt.subscribe");
    ReadWard.leave(ward.connect("known", events));
    ward.relay().cut();
    try {
      try (MqttClient reader = ward.connectOnce("known", events)) {
        reader.subscribe("levels/#");
        assertTrue(reader.isConnected());
        reader.disconnect();
      }
      assertThrows(MqttException.class, () -> ward.connectOnce("guessed", events));
    } finally {
      ward.relay().restore();
    }
    // What was made meanwhile is known once the database is back.
    ward.token("made meanwhile", "mqtt.subscribe");
    ReadWard.leave(ward.connect("made meanwhile", events));
  }

  @Test
  void theUseOfATokenIsWrittenDown() throws Exception {
    ward.token("in use", "mqtt.subscribe");
    try (MqttClient reader = ward.connect("in use", events)) {
      Until.succeeds(
          "the use of a token is written",
          () ->
              assertEquals(
                  "true",
                  ward.line()
                      .query(
                          "SELECT used_at IS NOT NULL FROM api_token WHERE name = ?", "in use")));
      reader.disconnect();
    }
  }
}
