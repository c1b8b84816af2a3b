package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.api.DatabaseRelay;
import io.floodmark.ingest.Ingest;
import io.floodmark.ingest.IngestConfig;
import io.floodmark.schema.Database;
import io.floodmark.staff.Right;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A ward of two processes on one database: sensors send to one, and programs that have an API token
 * read from the other, which sees the database through a relay.
 */
final class ReadWard implements AutoCloseable {
  static final int PATIENCE_S = 20;

  private final Line line;
  private final DatabaseRelay relay;
  private final Ingest other;

  private ReadWard(Line line, DatabaseRelay relay, Ingest other) {
    this.line = line;
    this.relay = relay;
    this.other = other;
  }

  static ReadWard start(Engine engine) throws SQLException, IOException {
    Line line = Line.start(engine);
    DatabaseRelay relay = new DatabaseRelay(line.database());
    return new ReadWard(line, relay, ingest(relay.database()));
  }

  private static Ingest ingest(Database database) {
    Ingest ingest =
        new Ingest(IngestConfig.DEFAULT.withMqtt("127.0.0.1", 0), database, InstantSource.system());
    ingest.start();
    return ingest;
  }

  /** What sensors send to. */
  Line line() {
    return line;
  }

  /** Between what readers connect to and the database. */
  DatabaseRelay relay() {
    return relay;
  }

  /** Where readers connect to. */
  int readersPort() {
    return other.mqttPort();
  }

  /** One more process, to be started and ended as a test likes. */
  Ingest another() {
    return ingest(line.database());
  }

  /** Of the token of that name. */
  static String secret(String name) {
    return "secret of " + name + " 0123456789";
  }

  /** Makes a token of that name with a right. */
  void token(String name, String right) throws SQLException {
    token(name, right, Optional.empty());
  }

  /** The same, which ends so long from now. */
  void token(String name, String right, Optional<String> endsIn) throws SQLException {
    assertTrue(Right.find(right).isPresent());
    try (Connection connection = line.database().connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO api_token (name, token_sha256, rights, created_at, expires_at)
                VALUES (?, sha256(?), ARRAY[?], now(), now() + ?::interval)
                """)) {
      insert.setString(1, name);
      insert.setBytes(2, secret(name).getBytes(StandardCharsets.UTF_8));
      insert.setString(3, right);
      insert.setString(4, endsIn.orElse(null));
      insert.executeUpdate();
    }
  }

  /** Runs a statement with one parameter. */
  void sql(String statement, String argument) throws SQLException {
    try (Connection connection = line.database().connect();
        PreparedStatement update = connection.prepareStatement(statement)) {
      update.setString(1, argument);
      update.executeUpdate();
    }
  }

  /** Signs in to the other process, once it has heard of the token. */
  MqttClient connect(String token, BlockingQueue<String> heard) {
    BlockingQueue<MqttClient> connected = new LinkedBlockingQueue<>();
    Until.succeeds("sign-in with " + token, () -> connected.add(connectOnce(token, heard)));
    return connected.remove();
  }

  /** The same, if it has heard of it already. */
  MqttClient connectOnce(String token, BlockingQueue<String> heard) throws MqttException {
    return connectAs("reader", token, "reader of " + token, heard);
  }

  /** The same under a user name of its own. */
  MqttClient connectAs(String user, String token, String clientId, BlockingQueue<String> heard)
      throws MqttException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + other.mqttPort(), clientId, new MemoryPersistence());
    client.setTimeToWait(TimeUnit.SECONDS.toMillis(PATIENCE_S));
    client.setCallback(new HeardLines(heard));
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(user);
    options.setPassword(secret(token).toCharArray());
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    client.connect(options);
    return client;
  }

  static void leave(MqttClient reader) throws MqttException {
    reader.disconnect();
    reader.close();
  }

  @Override
  public void close() throws SQLException, IOException {
    other.close();
    relay.close();
    line.close();
  }
}
