package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.api.LiveEvents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** From a sensor's packet to the row, the alert and the browser's event, on both engines. */
@ParameterizedClass
@EnumSource
class EndToEndTest {
  private static final String TOKEN = "a-token-of-the-whole-line";

  private static Line line;

  @Parameter Engine engine;

  @BeforeParameterizedClassInvocation
  static void start(Engine engine) throws SQLException, IOException {
    line = Line.start(engine);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws SQLException {
    line.close();
  }

  @Test
  void whatPahoPublishesIsARowAnAlertAndTwoEvents() throws Exception {
    line.register("paho-1", "Ngã tư Bần", TOKEN);
    try (LiveEvents live = live();
        MqttClient sensor = line.connect("paho-1", TOKEN)) {
      live.next("snapshot");

      publish(sensor, "{\"distance_mm\":2250}");
      assertEquals("250", line.query(NEWEST_DEPTH, "paho-1"), "acknowledged is stored");
      JsonNode first = levelOf(live, "paho-1");
      assertEquals(250, first.at("/properties/latest/depthMm").asInt());
      assertEquals(330, first.at("/properties/latest/lowPointDepthMm").asInt());
      assertEquals(3, first.at("/properties/level").asInt());
      assertTrue(first.at("/properties/alert").isNull(), "one sample raises nothing");

      publish(sensor, "{\"distance_mm\":2240}");
      assertEquals("3", line.query(OPEN_ALERT_LEVEL, "paho-1"), "raised with the second reading");
      JsonNode alert = live.next("alert").json();
      while (!alert.at("/sensor").asText().equals("paho-1")) {
        alert = live.next("alert").json(); // that of a test before may be heard late
      }
      assertEquals(3, alert.at("/level").asInt());
      assertEquals("raised", alert.at("/event/kind").asText());
      sensor.disconnect();
    }
  }

  @Test
  void whatMosquittoPublishesIsSeenWithinASecondOfItsEnd() throws Exception {
    Path mosquitto = Needs.mosquittoPub();
    line.register("mosquitto-1", "Cổng chợ", TOKEN);
    line.connect("mosquitto-1", TOKEN).disconnect();
    try (LiveEvents live = live()) {
      live.next("snapshot");
      Process publisher =
          new ProcessBuilder(
                  List.of(
                      mosquitto.toString(),
                      "-h",
                      "127.0.0.1",
                      "-p",
                      Integer.toString(line.mqttPort()),
                      "-u",
                      "mosquitto-1",
                      "-P",
                      TOKEN,
                      "-q",
                      "1",
                      "-t",
                      "sensors/mosquitto-1/readings",
                      "-m",
                      "{\"distance_mm\":2380}"))
              .inheritIO()
              .start();
      assertTrue(publisher.waitFor(30, TimeUnit.SECONDS), "mosquitto_pub hangs");
      assertEquals(0, publisher.exitValue());
      assertEquals("120", line.query(NEWEST_DEPTH, "mosquitto-1"), "acknowledged is stored");
      assertEquals(120, levelOf(live, "mosquitto-1").at("/properties/latest/depthMm").asInt());
    }
  }

  @Test
  void whatIsNoReadingIsAcknowledgedAndKeptWithItsReason() throws Exception {
    line.register("odd-1", "Ngõ 12", TOKEN);
    try (MqttClient sensor = line.connect("odd-1", TOKEN)) {
      publish(sensor, "mực nước 30 cm");
      assertEquals("syntax", line.query(NEWEST_REJECTION, "odd-1"));
      publish(sensor, "{\"battery_mv\":3700}");
      assertEquals("empty", line.query(NEWEST_REJECTION, "odd-1"));
      sensor.publish(
          "sensors/paho-1/readings",
          "{\"distance_mm\":1}".getBytes(StandardCharsets.UTF_8),
          1,
          false);
      assertEquals("topic", line.query(NEWEST_REJECTION, "odd-1"));
      assertEquals("", line.query(NEWEST_DEPTH, "odd-1"));
      sensor.disconnect();
    }
  }

  @Test
  void aClockADayAheadIsStoredAsSentAndOneOf1970CountsFromArrival() throws Exception {
    line.register("clock-1", "Đầu phố", TOKEN);
    try (MqttClient sensor = line.connect("clock-1", TOKEN)) {
      publish(sensor, "{\"ts\":12345,\"distance_mm\":2200}");
      assertEquals(
          "1",
          line.query(
              """
              SELECT count(*) FROM whole_reading r JOIN sensor s ON s.id = r.sensor_id
              WHERE s.code = ? AND r.device_ts_ms = 12345 AND r.observed_at > now() - interval '1 minute'
              """,
              "clock-1"));
      String tomorrow =
          line.query(
              "SELECT (extract(epoch FROM now() + interval '1 day') * 1000)::bigint WHERE ? <> ''",
              "-");
      publish(sensor, "{\"ts\":" + tomorrow + ",\"distance_mm\":2100}");
      assertEquals(
          "3",
          line.query(
              """
              SELECT qc FROM export_reading WHERE sensor_code = ? AND observed_at > now() + interval '23 hours'
              """,
              "clock-1"));
      sensor.disconnect();
    }
  }

  private static final String NEWEST_DEPTH =
      "SELECT depth_mm FROM export_reading WHERE sensor_code = ? ORDER BY observed_at DESC LIMIT 1";

  private static final String OPEN_ALERT_LEVEL =
      "SELECT level FROM export_alert WHERE sensor_code = ? AND state = 'active'";

  private static final String NEWEST_REJECTION =
      """
      SELECT m.reason FROM rejected_message m JOIN sensor s ON s.id = m.sensor_id
      WHERE s.code = ? ORDER BY m.id DESC LIMIT 1
      """;

  private static LiveEvents live() throws IOException, InterruptedException {
    return LiveEvents.open(
        HttpClient.newHttpClient(),
        HttpRequest.newBuilder(URI.create(line.httpAddress() + "/api/v1/live")).build());
  }

  /** Returns once acknowledged. */
  private static void publish(MqttClient sensor, String json) throws Exception {
    sensor.publish(
        "sensors/" + sensor.getClientId() + "/readings",
        json.getBytes(StandardCharsets.UTF_8),
        1,
        false);
  }

  private static JsonNode levelOf(LiveEvents live, String code) throws Exception {
    while (true) {
      JsonNode feature = live.next("level").json();
      if (feature.at("/properties/code").asText().equals(code)
          && !feature.at("/properties/latest").isNull()) {
        return feature;
      }
    }
  }
}
