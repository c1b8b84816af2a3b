package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is changed on the sensors page counts for the sensor's next reading. */
class SensorPageLineTest {
  private static final String SECRET = "a-session-of-the-sensor-page-test";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String LEVEL =
      """
      SELECT st.level FROM sensor_state st JOIN sensor s ON s.id = st.sensor_id WHERE s.code = ?
      """;

  private static final String DISTANCE =
      """
      SELECT distance_mm FROM whole_reading r JOIN sensor s ON s.id = r.sensor_id WHERE s.code = ?
      """;
  private static final Pattern KEY = Pattern.compile("id=\"handed-password\">([^<]+)<");
  private static final Map<String, String> FORM =
      Map.of(
          "name", "Ngã tư Bần",
          "kind", "distance",
          "lon", "106.0712",
          "lat", "20.9411",
          "mount_height_mm", Integer.toString(Line.MOUNT_HEIGHT_MM),
          "low_point_delta_mm", Integer.toString(Line.LOW_POINT_DELTA_MM));

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  @Timeout(120)
  void aThresholdChangedOnThePageJudgesTheNextReadingAndANewTokenEndsTheSession() throws Exception {
    try (Line line = Line.start(TestDatabase.Engine.EMBEDDED)) {
      line.register("bvd-03", "Ngã tư Bần", TOKEN);
      admin(line);
      try (MqttClient sensor = line.connect("bvd-03", TOKEN)) {
        // 70 mm under the sensor, 150 mm at the low point: level 1 by the default thresholds.
        publish(sensor, 2_430);
        assertEquals("1", line.query(LEVEL, "bvd-03"));
        Map<String, String> form = new LinkedHashMap<>(FORM);
        form.put("version", line.query("SELECT xmin::text FROM sensor WHERE code = ?", "bvd-03"));
        form.put("attention_mm", "50");
        form.put("warning_mm", "100");
        form.put("danger_mm", "140");
        form.put("severe_mm", "500");
        assertEquals(303, post(line, "/staff/sensors/bvd-03/edit", form).statusCode());
        publish(sensor, 2_429);
        assertEquals("3", line.query(LEVEL, "bvd-03"));
        assertEquals(200, post(line, "/staff/sensors/bvd-03/token", Map.of()).statusCode());
        assertEnds(sensor);
        assertThrows(MqttException.class, () -> signIn(line, TOKEN));
      }
    }
  }

  @Test
  @Timeout(120)
  void aTokenOfThePageSignsInUntilTheSensorIsRetired() throws Exception {
    try (Line line = Line.start(TestDatabase.Engine.EMBEDDED)) {
      admin(line);
      Map<String, String> form = new LinkedHashMap<>(FORM);
      form.put("code", "bvd-03");
      HttpResponse<String> made = post(line, "/staff/new-sensor", form);
      assertEquals(200, made.statusCode(), made.body());
      Matcher token = KEY.matcher(made.body());
      assertTrue(token.find(), made.body());
      try (MqttClient sensor = line.connect("bvd-03", token.group(1))) {
        publish(sensor, 2_430);
        assertEquals("2430", line.query(DISTANCE, "bvd-03"));
        HttpResponse<String> ended =
            post(line, "/staff/sensors/bvd-03/retire", Map.of("why", "Hỏng"));
        assertEquals(303, ended.statusCode(), ended.body());
        assertEnds(sensor);
        assertThrows(MqttException.class, () -> signIn(line, token.group(1)));
        assertEquals("2430", line.query(DISTANCE, "bvd-03"));
      }
    }
  }

  /** Within a second, where nothing else runs; nothing but a ring would end it at all. */
  private static void assertEnds(MqttClient sensor) {
    Until.succeeds("end of the session", () -> assertFalse(sensor.isConnected()));
  }

  private static void signIn(Line line, String token) throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName("bvd-03");
    options.setPassword(token.toCharArray());
    try (MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + line.mqttPort(), "another", new MemoryPersistence())) {
      client.connect(options);
      client.disconnect();
    }
  }

  private static void admin(Line line) throws Exception {
    line.query(
        """
        WITH s AS (
          INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
          VALUES ('lan', 'Trần Thị Lan', 'admin', 'none', now(), now())
          RETURNING id)
        INSERT INTO staff_session
          (token_sha256, staff_id, csrf_token, created_at, seen_at, expires_at, address, device)
        SELECT sha256(convert_to(?, 'UTF8')), id, 'csrf', now(), now(), now() + interval '1 day',
               '127.0.0.1', 'test'
        FROM s
        RETURNING id
        """,
        SECRET);
  }

  /** Returns when the reading is acknowledged, and so committed. */
  private static void publish(MqttClient sensor, int distanceMm) throws Exception {
    byte[] reading = "{\"distance_mm\":%d}".formatted(distanceMm).getBytes(StandardCharsets.UTF_8);
    sensor.publish("sensors/bvd-03/readings", reading, 1, false);
  }

  private HttpResponse<String> post(Line line, String path, Map<String, String> fields)
      throws Exception {
    String body =
        "csrf=csrf"
            + fields.entrySet().stream()
                .map(
                    f ->
                        "&"
                            + f.getKey()
                            + "="
                            + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(line.httpAddress() + path))
            .header("Cookie", "floodmark_session=" + SECRET)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
