package io.floodmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.floodmark.bench.figures.Latencies;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * From the MQTT packet that crosses a level to the server-sent event, and to a local webhook, while
 * other sensors send 1,000 readings a second.
 *
 * <p>Water rises at some sensors, a packet every 300 ms with stamps half a minute apart, so that it
 * rises as water does. An alert's event says the stamp of the reading that caused it; that reading
 * was sent when it was sent, whatever the rules needed to believe it.
 */
final class AlertLatency {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int QUIET_SENSORS = 50;
  private static final int READINGS_PER_SECOND = 1_000;
  private static final int FLOODS = 40;
  private static final int WARM_UP_S = 5;
  private static final int PACKETS = 22;
  private static final int STEP_MM = 30;
  private static final int PACKET_MILLIS = 300;

  /** Floods begin one after the other. */
  private static final long STAGGER_MILLIS = 900;

  private static final long STAMP_STEP_MILLIS = 30_000;
  private static final int PATIENCE_MILLIS = 3_000;
  private static final String TOKEN = "bench-token-of-a-length";

  private final ServerUnderTest server;
  private final InstantSource clock;
  private final HttpServer receiver;
  private final HttpClient http = HttpClient.newHttpClient();

  /** When a reading was sent, by sensor and stamp. */
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  private final Queue<Long> events = new ConcurrentLinkedQueue<>();
  private final Queue<Long> posts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unknown = new AtomicInteger();
  private int runs;

  private AlertLatency(ServerUnderTest server, InstantSource clock) throws IOException {
    this.server = server;
    this.clock = clock;
    this.receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "receiver");
              thread.setDaemon(true);
              return thread;
            }));
    receiver.createContext("/", this::take);
    receiver.start();
  }

  static Measurement prepare(ServerUnderTest server, InstantSource clock) throws IOException {
    AlertLatency bench = new AlertLatency(server, clock);
    bench.addChannel();
    bench.listen();
    return bench::run;
  }

  private Map<String, Double> run() throws IOException, InterruptedException {
    runs++;
    String flood = "flood-" + runs + "-";
    String quiet = "quiet-" + runs + "-";
    register(flood, FLOODS);
    register(quiet, QUIET_SENSORS);
    events.clear();
    posts.clear();
    unknown.set(0);
    try (SensorCrowd calm = SensorCrowd.connect(server.mqttPort(), quiet, QUIET_SENSORS, TOKEN);
        SensorCrowd wet = SensorCrowd.connect(server.mqttPort(), flood, FLOODS, TOKEN)) {
      long begin = System.nanoTime() + WARM_UP_S * 1_000_000_000L;
      long floods = (FLOODS - 1) * STAGGER_MILLIS + (long) PACKETS * PACKET_MILLIS;
      calm.every(
          1_000_000_000L / READINGS_PER_SECOND,
          System.nanoTime(),
          begin + (floods + PATIENCE_MILLIS) * 1_000_000L,
          (crowd, i) ->
              crowd.publish(
                  i % QUIET_SENSORS,
                  "{\"ts\":%d,\"distance_mm\":3000}".formatted(clock.millis()),
                  0));
      for (int i = 0; i < FLOODS; i++) {
        rise(wet, flood, i, begin + i * STAGGER_MILLIS * 1_000_000L);
      }
      calm.awaitAll();
      wet.awaitAll();
    } catch (MqttException e) {
      throw new IOException("A sensor of the bench lost its connection.", e);
    }
    return figures();
  }

  private void rise(SensorCrowd wet, String prefix, int sensor, long fromNanos) {
    long[] stamp = {0};
    wet.every(
        PACKET_MILLIS * 1_000_000L,
        fromNanos,
        fromNanos + (long) PACKETS * PACKET_MILLIS * 1_000_000L,
        (crowd, packet) -> {
          if (packet == 0) {
            stamp[0] = clock.millis() - PACKETS * STAMP_STEP_MILLIS;
          }
          long ts = stamp[0] + packet * STAMP_STEP_MILLIS;
          sent.put(prefix + sensor + " " + Instant.ofEpochMilli(ts), System.nanoTime());
          crowd.publish(
              sensor, "{\"ts\":%d,\"distance_mm\":%d}".formatted(ts, 3_000 - packet * STEP_MM), 1);
        });
  }

  private Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("events", (double) events.size());
    figures.put("posts", (double) posts.size());
    figures.put("unmatched", (double) unknown.get());
    Latencies live = latencies(events);
    figures.put("sseP50Millis", live.percentileMillis(0.50));
    figures.put("sseP99Millis", live.percentileMillis(0.99));
    figures.put("sseMaxMillis", live.maxMillis());
    Latencies webhook = latencies(posts);
    figures.put("webhookP50Millis", webhook.percentileMillis(0.50));
    figures.put("webhookP99Millis", webhook.percentileMillis(0.99));
    figures.put("webhookMaxMillis", webhook.maxMillis());
    return figures;
  }

  private static Latencies latencies(Queue<Long> nanos) {
    return new Latencies(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private void note(Queue<Long> where, String sensor, String at, String step) {
    long now = System.nanoTime();
    // Only a rise is caused by a reading; a fall comes when a delay has run out.
    if (!step.equals("raised") && !step.equals("escalated")) {
      return;
    }
    Long when = sent.get(sensor + " " + Instant.parse(at));
    if (when == null) {
      unknown.incrementAndGet();
    } else {
      where.add(now - when);
    }
  }

  private void listen() {
    HttpRequest request = HttpRequest.newBuilder(server.address("/api/v1/live")).build();
    Thread listener =
        new Thread(
            () -> {
              try (Stream<String> lines =
                  http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
                String[] event = {""};
                lines.forEach(
                    line -> {
                      if (line.startsWith("event:")) {
                        event[0] = line.substring(6).strip();
                      } else if (line.startsWith("data:") && event[0].equals("alert")) {
                        hear(line.substring(5));
                      }
                    });
              } catch (IOException | RuntimeException ended) {
                // The server was stopped at the end of the measurement.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "live-listener");
    listener.setDaemon(true);
    listener.start();
  }

  private void hear(String data) {
    JsonNode alert = parse(data);
    JsonNode event = alert.path("event");
    if (alert.path("kind").asText().equals("flood") && event.has("at")) {
      note(
          events,
          alert.path("sensor").asText(),
          event.path("at").asText(),
          event.path("kind").asText());
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    for (JsonNode alert : body.path("alerts")) {
      note(
          posts,
          alert.path("sensor").path("code").asText(),
          alert.path("at").asText(),
          alert.path("event").asText());
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("The live feed sent no JSON: " + text, e);
    }
  }

  private void addChannel() throws IOException {
    execute(
        """
        INSERT INTO channel (kind, name, settings, secret, min_level, created_at, changed_at)
        VALUES ('webhook', 'bench', jsonb_build_object('url', ?), 'a-key-for-the-bench', 1, now(), now())
        """,
        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
  }

  private void register(String prefix, int sensors) throws IOException {
    execute(
        """
        INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, token_sha256)
        SELECT ? || n, 'Điểm ' || n, 'distance', 106 + n * 0.01, 20.9, 3000, sha256(convert_to('%s', 'UTF8'))
        FROM generate_series(0, %d) AS n
        """
            .formatted(TOKEN, sensors - 1),
        prefix);
  }

  private void execute(String sql, String parameter) throws IOException {
    try (Connection connection = server.database().connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      statement.execute();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
