package io.floodmark.ingest;

import io.floodmark.live.DoorbellListener;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Passes the doorbell on, and knows when everything was read for the first time. */
final class FirstRead implements DoorbellListener.Listener {
  private final DoorbellListener.Listener next;
  private final CountDownLatch read = new CountDownLatch(1);

  FirstRead(DoorbellListener.Listener next) {
    this.next = next;
  }

  /** Whether it was, before the time was over. */
  boolean await(long timeoutMillis) throws InterruptedException {
    return read.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void connected() throws SQLException {
    next.connected();
    read.countDown();
  }

  @Override
  public Duration betweenReadings() {
    return next.betweenReadings();
  }

  @Override
  public void readingsChanged(Set<Integer> sensorIds) throws SQLException {
    next.readingsChanged(sensorIds);
  }

  @Override
  public void sensorsChanged(Set<Integer> sensorIds) throws SQLException {
    next.sensorsChanged(sensorIds);
  }

  @Override
  public void tokensChanged() throws SQLException {
    next.tokensChanged();
  }

  @Override
  public void disconnected() {
    next.disconnected();
  }
}
