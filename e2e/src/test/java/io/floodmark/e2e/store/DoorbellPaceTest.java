package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.live.Doorbell;
import io.floodmark.live.DoorbellListener;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom the doorbell keeps waiting, and whom not. */
final class DoorbellPaceTest extends CommitLineOnEachEngine {
  private static final int ANOTHER = 1_000_000;
  private static final long PATIENCE_S = 30;

  private final Ears ears = new Ears();
  private DoorbellListener doorbell;

  @BeforeEach
  void listen() throws Exception {
    doorbell = new DoorbellListener("doorbell-of-test", database, ears);
    doorbell.start();
    assertEquals("connected", ears.next());
  }

  @AfterEach
  void listenNoMore() {
    doorbell.close();
  }

  @Test
  void readingsThatNobodyWaitsForWaitUntilSomebodyDoes() throws Exception {
    ring(Doorbell.READING_CHANNEL, sensor);
    ears.awaitAskedAgain();
    assertEquals(List.of(), List.copyOf(ears.heard));
    ears.betweenReadings = Duration.ZERO;
    assertEquals("readings [%d]".formatted(sensor), ears.next());
  }

  @Test
  void anAlertDoesNotWaitAndTakesThemAlong() throws Exception {
    ring(Doorbell.READING_CHANNEL, sensor);
    ears.awaitAskedAgain();
    ring(Doorbell.ALERT_CHANNEL, ANOTHER);
    assertEquals("readings [%d, %d]".formatted(sensor, ANOTHER), ears.next());
  }

  @Test
  void norDoesASensorThatChangedOrAToken() throws Exception {
    ring(Doorbell.READING_CHANNEL, sensor);
    ears.awaitAskedAgain();
    ring(Doorbell.SENSOR_CHANNEL, ANOTHER);
    assertEquals("sensors [%d]".formatted(ANOTHER), ears.next());
    assertEquals("readings [%d]".formatted(sensor), ears.next());
    ring(Doorbell.TOKEN_CHANNEL, ANOTHER);
    assertEquals("tokens", ears.next());
  }

  private void ring(String channel, int id) throws SQLException {
    select("SELECT pg_notify(?, ?)", channel, String.valueOf(id));
  }

  /** Somebody who can wait for readings for a day, at first. */
  private static final class Ears implements DoorbellListener.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Semaphore asked = new Semaphore(0);
    private volatile Duration betweenReadings = Duration.ofDays(1);

    String next() throws InterruptedException {
      return heard.poll(PATIENCE_S, TimeUnit.SECONDS);
    }

    /** Until it was asked twice since: what was rung is heard, and waits. */
    void awaitAskedAgain() throws InterruptedException {
      asked.drainPermits();
      assertTrue(asked.tryAcquire(2, PATIENCE_S, TimeUnit.SECONDS));
    }

    @Override
    public Duration betweenReadings() {
      asked.release();
      return betweenReadings;
    }

    @Override
    public void connected() {
      heard.add("connected");
    }

    @Override
    public void readingsChanged(Set<Integer> sensorIds) {
      heard.add("readings " + sensorIds);
    }

    @Override
    public void sensorsChanged(Set<Integer> sensorIds) {
      heard.add("sensors " + sensorIds);
    }

    @Override
    public void tokensChanged() {
      heard.add("tokens");
    }

    @Override
    public void disconnected() {
      // The test ends.
    }
  }
}
