package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.fail;

import io.floodmark.schema.Database;
import io.floodmark.server.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A Floodmark in a folder of its own that is killed and started again, and sensors that send to
 * whichever runs, on whatever port that has.
 */
final class KilledServer implements AutoCloseable {
  /** Of every sensor here. */
  static final String TOKEN = "a-token-of-the-crash-test";

  private final Path folder;
  private final List<String> settings;
  private final List<Thread> threads = new ArrayList<>();
  private volatile int port;
  private FloodmarkProcess process;

  /**
   * Starts it.
   *
   * @param settings beside ports and folder
   */
  KilledServer(Path folder, String... settings) throws InterruptedException {
    this.folder = folder;
    this.settings = List.of(settings);
    start();
  }

  private void start() throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("serve", "--http-port=0", "--mqtt-port=0", "--data-dir=floodmark-data"));
    command.addAll(settings);
    process = FloodmarkProcess.start(folder, command);
    try {
      port = process.mqttPort();
    } catch (InterruptedException | AssertionError e) {
      process.end(); // nobody else may know of it yet
      throw e;
    }
  }

  /** SIGKILL, and a new start. */
  void killAndStart() throws InterruptedException {
    kill();
    startAgain();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** A new start of what was killed. */
  void startAgain() throws InterruptedException {
    start();
  }

  /** SIGTERM, and a new start. */
  void terminateAndStart() throws InterruptedException {
    process.terminate();
    start();
  }

  /** Where sensors connect to at this moment. */
  int mqttPort() {
    return port;
  }

  FloodmarkProcess process() {
    return process;
  }

  Path dataDir() {
    return folder.resolve("floodmark-data");
  }

  Database database() {
    return EmbeddedPostgres.findRunning(dataDir()).orElseThrow();
  }

  /** Registers a sensor whose alerts clear so long after its water has gone. */
  void register(String code, int clearDelaySeconds) throws SQLException, NoSuchAlgorithmException {
    try (Connection connection = database().connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, report_interval_s,
                                    clear_delay_s, neighbours, token_sha256)
                VALUES (?, ?, 'distance', 106.07, 20.94, ?, 1, ?, '{}', ?)
                """)) {
      insert.setString(1, code);
      insert.setString(2, code);
      insert.setInt(3, LoadSensor.MOUNT_HEIGHT_MM);
      insert.setInt(4, clearDelaySeconds);
      insert.setBytes(
          5, MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
      insert.executeUpdate();
    }
  }

  /** Has a registered sensor send on a thread of its own, so many readings at most. */
  LoadSensor send(String code, int readingsMax, int readingsAMessage) {
    LoadSensor sensor =
        new LoadSensor(
            code, TOKEN, () -> port, InstantSource.system(), readingsMax, readingsAMessage);
    Thread thread = new Thread(sensor, code);
    threads.add(thread);
    thread.start();
    return sensor;
  }

  /** Waits until all that sensors had to send is acknowledged. */
  void awaitSenders() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(60));
      if (thread.isAlive()) {
        fail(thread.getName() + " still waits for acknowledgements");
      }
    }
  }

  long count(String query) {
    try (Connection connection = database().connect();
        ResultSet result = connection.createStatement().executeQuery(query)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      return fail(e);
    }
  }

  void awaitTrue(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("Waited 90 s until " + what + ".\n" + process.output());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      process.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
