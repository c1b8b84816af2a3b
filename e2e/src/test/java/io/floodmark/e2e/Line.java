package io.floodmark.e2e;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.api.ApiConfig;
import io.floodmark.api.WebServer;
import io.floodmark.api.sensors.register.SensorToken;
import io.floodmark.ingest.Ingest;
import io.floodmark.ingest.IngestConfig;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** The whole line in this process: listener, database, web server, each on a free port. */
final class Line implements AutoCloseable {
  static final int MOUNT_HEIGHT_MM = 2_500;
  static final int LOW_POINT_DELTA_MM = 80;

  private final TestDatabase testDatabase;
  private final Ingest ingest;
  private WebServer web;

  private Line(TestDatabase testDatabase, Ingest ingest) {
    this.testDatabase = testDatabase;
    this.ingest = ingest;
  }

  static Line start(TestDatabase.Engine engine) throws SQLException, IOException {
    TestDatabase testDatabase = TestDatabase.open(engine);
    Database database = testDatabase.database();
    InstantSource clock = InstantSource.system();
    try (HikariDataSource pool = database.pool("schema", 2)) {
      new Schema(pool, clock).migrate();
    }
    Ingest ingest = new Ingest(IngestConfig.DEFAULT.withMqtt("127.0.0.1", 0), database, clock);
    ingest.start();
    Line line = new Line(testDatabase, ingest);
    line.startWeb(0);
    return line;
  }

  String httpAddress() {
    return "http://127.0.0.1:" + web.port();
  }

  Database database() {
    return testDatabase.database();
  }

  int mqttPort() {
    return ingest.mqttPort();
  }

  /** Starts the web server, on {@code port} or on a free one. */
  void startWeb(int port) throws IOException {
    startWeb(port, testDatabase.database());
  }

  /** Starts it with a database that does not answer. */
  void startWebWithoutDatabase(int port) throws IOException {
    startWeb(port, new Database("jdbc:postgresql://127.0.0.1:1/none", "", ""));
  }

  private void startWeb(int port, Database database) throws IOException {
    ApiConfig config = ApiConfig.of("127.0.0.1", port, ZoneId.of("Asia/Ho_Chi_Minh"));
    web = new WebServer(config, database, InstantSource.system(), new SecureRandom());
    web.start();
  }

  /** Stops the web server alone, and says which port it had. */
  int stopWeb() {
    int port = web.port();
    web.close();
    return port;
  }

  /**
   * Registers a sensor whose reading of 2,500 mm is a dry street; it can sign in at once. All stand
   * in one place, but none speaks for another.
   */
  void register(String code, String name, String token) throws SQLException {
    try (Connection connection = testDatabase.database().connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, low_point_delta_mm,
                                    street, zone, neighbours, token_sha256)
                VALUES (?, ?, 'distance', 106.0712, 20.9411, ?, ?, 'Quốc lộ 5', 'Bần Yên Nhân',
                        '{}', ?)
                """)) {
      insert.setString(1, code);
      insert.setString(2, name);
      insert.setInt(3, MOUNT_HEIGHT_MM);
      insert.setInt(4, LOW_POINT_DELTA_MM);
      insert.setBytes(5, new SensorToken(token).sha256());
      insert.executeUpdate();
    }
  }

  /** Registers a gauge that sends depth itself. */
  void registerDepthGauge(String code, String token, Duration reportInterval) throws SQLException {
    try (Connection connection = testDatabase.database().connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO sensor (code, name, kind, lon, lat, report_interval_s, neighbours,
                                    token_sha256)
                VALUES (?, ?, 'depth', 106.0712, 20.9411, ?, '{}', ?)
                """)) {
      insert.setString(1, code);
      insert.setString(2, code);
      insert.setInt(3, (int) reportInterval.toSeconds());
      insert.setBytes(4, new SensorToken(token).sha256());
      insert.executeUpdate();
    }
  }

  /** Returns once the sensor can sign in. */
  void awaitSignIn(String code, String token) throws MqttException {
    try (MqttClient client = connect(code, token)) {
      client.disconnect();
    }
  }

  /** A sensor's connection; tries until the directory has heard of it, for some seconds. */
  MqttClient connect(String code, String token) throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(code);
    options.setPassword(token.toCharArray());
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + mqttPort(), code, new MemoryPersistence());
    Until.succeeds("sign-in of " + code, () -> client.connect(options));
    return client;
  }

  /** What a query answers, as text. */
  String query(String sql, String argument) throws SQLException {
    try (Connection connection = testDatabase.database().connect();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, argument);
      try (ResultSet result = query.executeQuery()) {
        return result.next() ? String.valueOf(result.getObject(1)) : "";
      }
    }
  }

  @Override
  public void close() throws SQLException {
    ingest.close();
    web.close();
    testDatabase.close();
  }
}
