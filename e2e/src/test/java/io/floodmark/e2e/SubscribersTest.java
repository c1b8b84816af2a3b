package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.mqtt.MqttConfig;
import io.floodmark.ingest.mqtt.MqttCounters;
import io.floodmark.ingest.mqtt.MqttLimits;
import io.floodmark.ingest.mqtt.MqttListener;
import io.floodmark.ingest.mqtt.ReaderDirectory;
import io.floodmark.ingest.mqtt.SensorDirectory;
import io.floodmark.live.Doorbell;
import io.floodmark.live.DoorbellListener;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener knows and publishes is what the tables say, whoever wrote them. */
final class SubscribersTest {
  private static final String TOKEN = "token-of-a-0123456789";
  private static final long PATIENCE_MILLIS = 20_000;
  private static final long QUIET_MILLIS = 500;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private TestDatabase database;
  private HikariDataSource pool;
  private Line line;

  @BeforeEach
  void open() throws SQLException {
    database = TestDatabase.open(TestDatabase.Engine.EMBEDDED);
    pool = database.database().pool("subscribers-test", 2);
    new Schema(pool, InstantSource.system()).migrate();
    execute(
        """
        INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, token_sha256)
        VALUES ('a', 'A', 'distance', 106, 20, 2500, sha256('%s'))
        """
            .formatted(TOKEN));
    line = new Line(database.database(), pool);
  }

  @AfterEach
  void close() throws SQLException {
    line.close();
    pool.close();
    database.close();
  }

  @Test
  void whatIsCommittedReachesSubscribersAndIsRetainedAcrossARestart() throws Exception {
    try (Subscriber client = connect()) {
      client.mqtt().subscribe(new String[] {"sensors/a/status", "levels/a", "alerts/a"});
      commit("INSERT INTO sensor_status SELECT id, 'online', false, now() FROM sensor");
      assertEquals("sensors/a/status online new 1", next());

      commit(
          """
          UPDATE sensor_state SET observed_at = '2026-11-21T13:05:00Z', depth_mm = 142,
            low_point_depth_mm = 322, level = 3, trend_mm_per_min = 6.5, qc = 1
          """);
      String level =
          "levels/a {\"code\":\"a\",\"observedAt\":\"2026-11-21T13:05:00.000Z\",\"depthMm\":142,"
              + "\"lowPointDepthMm\":322,\"level\":3,\"trendMmPerMin\":6.5,\"qc\":1}";
      assertEquals(level + " new 1", next());

      commit(
          """
          INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at)
          SELECT id, 'flood', 'active', 3, 3, '2026-11-21T13:03:00Z', now() FROM sensor
          """);
      String alert = next();
      assertTrue(
          alert.matches(
              "alerts/a \\{\"id\":[0-9]+,\"kind\":\"flood\",\"level\":3,\"state\":\"active\","
                  + "\"since\":\"2026-11-21T13:03:00.000Z\"} new 1"),
          alert);

      line.close();
      assertEquals(HeardLines.LOST, next());
      line = new Line(database.database(), pool);
      try (Subscriber again = connect()) {
        // Sensors may sign in a moment before what is retained has been read.
        Until.succeeds(
            "what is retained is there again",
            () -> {
              events.clear();
              again.mqtt().subscribe(new String[] {"levels/a", "alerts/a", "sensors/a/status"});
              assertEquals(
                  List.of(
                      level + " retained 1",
                      alert.replace(" new ", " retained "),
                      "sensors/a/status online retained 1"),
                  List.of(next(), next(), next()));
            });
      }
    }
  }

  @Test
  void aReadingWithoutDepthHasNulls() throws Exception {
    try (Subscriber client = connect()) {
      client.mqtt().subscribe("levels/a");
      commit("UPDATE sensor_state SET observed_at = '2026-11-21T13:05:00Z', qc = 9");

      assertEquals(
          "levels/a {\"code\":\"a\",\"observedAt\":\"2026-11-21T13:05:00.000Z\",\"depthMm\":null,"
              + "\"lowPointDepthMm\":null,\"level\":null,\"trendMmPerMin\":null,\"qc\":9} new 1",
          next());
    }
  }

  @Test
  void aRingWithoutAChangeIsNotHeardBySubscribers() throws Exception {
    try (Subscriber client = connect()) {
      client.mqtt().subscribe("sensors/a/status");
      commit("INSERT INTO sensor_status SELECT id, 'online', false, now() FROM sensor");
      assertEquals("sensors/a/status online new 1", next());
      commit("UPDATE sensor_status SET since = now()");

      assertNull(events.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  /** Within a second, where nothing else runs; nothing but a ring would bring them into force. */
  @Test
  void aNewTokenAndARetirementAreInForceAtOnce() throws Exception {
    try (Subscriber client = connect()) {
      assertTrue(client.mqtt().isConnected());
      execute("UPDATE sensor SET token_sha256 = sha256('new')");
      assertEquals(HeardLines.LOST, next());
    }
    assertThrows(MqttException.class, this::connect);

    execute("UPDATE sensor SET token_sha256 = sha256('%s')".formatted(TOKEN));
    BlockingQueue<Subscriber> back = new LinkedBlockingQueue<>();
    Until.succeeds("the old token counts again", () -> back.add(connect()));
    try (Subscriber client = back.remove()) {
      assertTrue(client.mqtt().isConnected());
      execute("UPDATE sensor SET retired_at = now()");
      assertEquals(HeardLines.LOST, next());
    }
    assertThrows(MqttException.class, this::connect);
  }

  private String next() throws InterruptedException {
    return events.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Subscriber connect() throws MqttException {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + line.listener.port(), "client", new MemoryPersistence());
    client.setCallback(new HeardLines(events));
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName("a");
    options.setPassword(TOKEN.toCharArray());
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    client.connect(options);
    return new Subscriber(client);
  }

  private void commit(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      try (var ids = statement.executeQuery("SELECT id FROM sensor")) {
        ids.next();
        Doorbell.ring(connection, Set.of(ids.getInt(1)));
      }
      connection.commit();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A listener that follows the tables. */
  private static final class Line implements AutoCloseable {
    private final SensorDirectory directory = new SensorDirectory();
    private final MqttListener listener =
        new MqttListener(
            new MqttConfig("127.0.0.1", 0, MqttLimits.DEFAULT),
            directory,
            new ReaderDirectory(),
            new CommitQueue(100, 100_000),
            InstantSource.system(),
            new MqttCounters());
    private final DoorbellListener doorbell;

    Line(Database database, DataSource pool) {
      doorbell = new DoorbellListener("doorbell", database, listener.feed(pool));
      listener.start();
      doorbell.start();
      await(1);
    }

    /** Waits until the directory holds that many sensors. */
    void await(int sensors) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      while (!directory.isLoaded() || directory.size() != sensors) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("The sensors were not read.");
        }
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      doorbell.close();
      listener.close();
    }
  }

  /** A client that can be closed whether or not it has lost its connection. */
  private record Subscriber(MqttClient mqtt) implements AutoCloseable {
    @Override
    public void close() throws MqttException {
      if (mqtt.isConnected()) {
        mqtt.disconnect();
      }
      mqtt.close();
    }
  }
}
