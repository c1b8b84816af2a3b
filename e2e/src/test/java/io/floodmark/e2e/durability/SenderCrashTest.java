package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a message when who sends it is killed: the other end has it, nobody knows. */
class SenderCrashTest {
  private static final String STEPS =
      """
      SELECT count(*) FROM alert_event e JOIN alert a ON a.id = e.alert_id
      WHERE a.kind = 'flood' AND e.kind IN ('raised', 'escalated', 'cleared')
      """;

  private static final String UNTOLD =
      "AND NOT EXISTS (SELECT FROM outbox o WHERE o.event_id = e.id)";

  private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
  private final CountDownLatch answering = new CountDownLatch(1);
  private final ExecutorService answers = Executors.newCachedThreadPool();
  private HttpServer receiver;

  @TempDir Path folder;

  @BeforeEach
  void aReceiverThatHasTheMessageAndDoesNotAnswer() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(answers);
    receiver.createContext("/", this::take);
    receiver.start();
  }

  @AfterEach
  void stop() {
    answering.countDown();
    receiver.stop(0);
    answers.shutdownNow();
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void theMessageThatWasOnItsWayComesTwiceWithOneKeyAndNoOtherIsLostOrRepeated() throws Exception {
    try (KilledServer floodmark = new KilledServer(folder, "--webhook-loopback=true")) {
      floodmark.register("flood-0", 0);
      addChannel(floodmark);
      floodmark.send("flood-0", Tide.READINGS, 1);
      String onItsWay = keys.poll(60, TimeUnit.SECONDS);
      assertNotNull(onItsWay, "a warning is posted");
      floodmark.killAndStart();
      answering.countDown();
      floodmark.awaitSenders();
      floodmark.awaitTrue(
          "the outbox is empty",
          () -> floodmark.count("SELECT count(*) FROM outbox WHERE state = 'waiting'") == 0);

      List<String> all = new ArrayList<>(List.of(onItsWay));
      keys.drainTo(all);
      assertEquals(2, all.stream().filter(onItsWay::equals).count());
      assertEquals(all.size() - 1, new HashSet<>(all).size(), "no other came twice: " + all);
      assertEquals(
          floodmark.count("SELECT count(*) FROM outbox WHERE state = 'sent'"),
          new HashSet<>(all).size());
      assertEquals(0, floodmark.count("SELECT count(*) FROM outbox WHERE state <> 'sent'"));
      assertTrue(floodmark.count(STEPS) >= 3, "it rose and ended");
      assertEquals(0, floodmark.count(STEPS + UNTOLD), "each step of the alert was told");
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    try {
      answering.await();
      exchange.sendResponseHeaders(204, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void addChannel(KilledServer floodmark) throws SQLException {
    try (Connection connection = floodmark.database().connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO channel (kind, name, settings, secret, min_level, created_at, changed_at)
                VALUES ('webhook', 'a neighbour ward', jsonb_build_object('url', ?), '', 1, now(), now())
                """)) {
      insert.setString(1, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
      insert.executeUpdate();
    }
  }
}
