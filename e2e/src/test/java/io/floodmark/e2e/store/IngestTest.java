package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.Ingest;
import io.floodmark.ingest.IngestConfig;
import io.floodmark.schema.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The line with its threads, from a client's packet to the row and back. */
@ParameterizedClass
@EnumSource(Engine.class)
final class IngestTest extends CommitLineOnEachEngine {
  private static final IngestConfig CONFIG = IngestConfig.DEFAULT.withMqtt("127.0.0.1", 0);
  private static final int IN_FLIGHT = 500;
  private static final int PATIENCE_S = 30;

  private final List<MqttAsyncClient> clients = new ArrayList<>();
  private String code;

  @BeforeEach
  void token() throws Exception {
    code = select("SELECT code FROM sensor WHERE id = ?", sensor);
    select("UPDATE sensor SET token_sha256 = sha256('a token'::bytea) WHERE id = ?", sensor);
  }

  @AfterEach
  void forget() throws Exception {
    for (MqttAsyncClient client : clients) {
      if (client.isConnected()) {
        client.disconnectForcibly(0, 100, false);
      }
      client.close(true);
    }
  }

  @Test
  void whatIsAcknowledgedIsStored() throws Exception {
    try (Ingest ingest = started(database)) {
      publish(connect(ingest), 1).get(PATIENCE_S, TimeUnit.SECONDS);
      assertEquals("1", count("reading", sensor));
      assertTrue(ingest.isCommitting());
    }
  }

  @Test
  void aSensorRegisteredWhileItRunsCanSignIn() throws Exception {
    try (Ingest ingest = started(database)) {
      int later = register("distance");
      select("UPDATE sensor SET token_sha256 = sha256('a token'::bytea) WHERE id = ?", later);
      code = select("SELECT code FROM sensor WHERE id = ?", later);
      long until = System.nanoTime() + Duration.ofSeconds(PATIENCE_S).toNanos();
      boolean connected = false;
      while (!connected && System.nanoTime() < until) {
        try {
          connect(ingest);
          connected = true;
        } catch (MqttException e) {
          // The doorbell has not been heard yet.
        }
      }
      assertTrue(connected);
    }
  }

  @Test
  void closingWhileBusyLosesNothingThatWasAcknowledged() throws Exception {
    Ingest ingest = started(database);
    MqttAsyncClient client = connect(ingest);
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int seq = 0; seq < IN_FLIGHT; seq++) {
      sent.add(publish(client, seq));
    }
    sent.get(0).get(PATIENCE_S, TimeUnit.SECONDS);
    ingest.close();
    long acknowledged = sent.stream().filter(IngestTest::isAcknowledged).count();
    int stored = Integer.parseInt(count("reading", sensor));
    assertTrue(acknowledged > 0);
    assertTrue(stored >= acknowledged, () -> acknowledged + " acknowledged, stored " + stored);
    assertEquals(0, ingest.queue().size());
    assertEquals(stored, ingest.commitCounters().committed());
    assertFalse(ingest.isCommitting());
  }

  @Test
  void withTheDatabaseAwayKnownSensorsConnectAndNothingIsAcknowledged() throws Exception {
    try (Wire wire = new Wire(database);
        Ingest ingest = started(wire.farEnd())) {
      wire.cut();
      CompletableFuture<Void> sent = publish(connect(ingest), 1);
      assertThrows(TimeoutException.class, () -> sent.get(1_500, TimeUnit.MILLISECONDS));
      wire.mend();
      sent.get(PATIENCE_S, TimeUnit.SECONDS);
      assertEquals("1", count("reading", sensor));
    }
  }

  @Test
  void withTheDatabaseAwayClosingGivesUpWithinThirtySeconds() throws Exception {
    try (Wire wire = new Wire(database)) {
      Ingest ingest = started(wire.farEnd());
      MqttAsyncClient client = connect(ingest);
      wire.cut();
      CompletableFuture<Void> sent = publish(client, 1);
      assertThrows(TimeoutException.class, () -> sent.get(200, TimeUnit.MILLISECONDS));
      long from = System.nanoTime();
      ingest.close();
      assertTrue(System.nanoTime() - from < Duration.ofSeconds(30).toNanos());
      assertFalse(isAcknowledged(sent));
      assertEquals("0", count("reading", sensor));
    }
  }

  @Test
  void aTakenPortIsNamedAndLeavesNothingRunning() {
    try (Ingest first = started(database);
        Ingest second =
            new Ingest(
                CONFIG.withMqtt("127.0.0.1", first.mqttPort()), database, InstantSource.system())) {
      IllegalStateException taken = assertThrows(IllegalStateException.class, second::start);
      assertTrue(taken.getMessage().contains("127.0.0.1:" + first.mqttPort()));
      assertFalse(second.isCommitting());
    }
  }

  @Test
  void theDeathOfAThreadIsReported() throws Exception {
    for (String doomed : List.of("commit", "timers")) {
      BlockingQueue<String> fatal = new LinkedBlockingQueue<>();
      InstantSource deadly =
          () -> {
            if (Thread.currentThread().getName().equals(doomed)) {
              throw new AssertionError("An error, as the test wants it.");
            }
            return InstantSource.system().instant();
          };
      try (Ingest ingest =
          new Ingest(CONFIG, database, deadly, () -> fatal.add(Thread.currentThread().getName()))) {
        ingest.start();
        CompletableFuture<Void> sent = publish(connect(ingest), 1);
        assertEquals(doomed, fatal.poll(PATIENCE_S, TimeUnit.SECONDS));
        assertTrue(doomed.equals("timers") || !isAcknowledged(sent));
      }
      assertTrue(fatal.isEmpty(), "The other thread ended in order.");
    }
  }

  private static Ingest started(Database database) {
    Ingest ingest = new Ingest(CONFIG, database, InstantSource.system());
    ingest.start();
    return ingest;
  }

  private MqttAsyncClient connect(Ingest ingest) throws MqttException {
    MqttAsyncClient client =
        new MqttAsyncClient("tcp://127.0.0.1:" + ingest.mqttPort(), code, new MemoryPersistence());
    clients.add(client);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(code);
    options.setPassword("a token".toCharArray());
    options.setMaxInflight(IN_FLIGHT);
    client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(PATIENCE_S));
    return client;
  }

  private static boolean isAcknowledged(CompletableFuture<Void> sent) {
    return sent.isDone() && !sent.isCompletedExceptionally();
  }

  /** Done once it is acknowledged. (A token of Paho's that timed out once never is.) */
  private CompletableFuture<Void> publish(MqttAsyncClient client, int seq) throws MqttException {
    byte[] json =
        "{\"distance_mm\":1750,\"seq\":%d}".formatted(seq).getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    client.publish("sensors/" + code + "/readings", json, 1, false, null, new Told(acknowledged));
    return acknowledged;
  }

  private record Told(CompletableFuture<Void> acknowledged) implements IMqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      acknowledged.complete(null);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      acknowledged.completeExceptionally(cause);
    }
  }
}
