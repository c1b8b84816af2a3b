package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.metrics.Exposition.Load;
import io.floodmark.api.metrics.Exposition.Seen;
import io.floodmark.api.metrics.Exposition.Work;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class MetricsTest {
  private static final Seen SEEN =
      new Seen(
          true,
          new Load(3, 10, 2, 20, List.of(new Work("photos", 5, 16)), Map.of(200, 7L, 429, 1L)),
          List.of());

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void whatIsCountedByIsKeptWhileOthersAreCollected() {
    LongAdder count = new LongAdder();
    try (Metrics metrics = new Metrics()) {
      metrics.counter("a.count", "help", () -> count.sum());
      metrics.secondsCounter("a.time.seconds", "help", () -> count.sum() * 500_000_000);
      metrics.gauge("a.gauge", "help", () -> count.sum());
      metrics.secondsGauge("a.while.seconds", "help", () -> count.sum() * 500_000_000);
      collect();
      count.add(3);
      String text = metrics.text(SEEN);
      for (String line :
          List.of(
              "a_count_total 3.0",
              "a_time_seconds_total 1.5",
              "a_gauge 3.0",
              "a_while_seconds 1.5")) {
        assertTrue(text.contains("\n" + line + "\n"), line + " in\n" + text);
      }
    }
  }

  @Test
  void whatTheWebServerHasToDoIsShown() {
    try (Metrics metrics = new Metrics()) {
      String text = metrics.text(SEEN);
      for (String line :
          List.of(
              "floodmark_live_clients 3.0",
              "floodmark_live_limit_clients 10.0",
              "floodmark_http_database_calls 2.0",
              "floodmark_http_limit_database_calls 20.0",
              "floodmark_http_work{kind=\"photos\"} 5.0",
              "floodmark_http_limit_work{kind=\"photos\"} 16.0",
              "floodmark_http_answers_total{status=\"200\"} 7.0",
              "floodmark_http_answers_total{status=\"429\"} 1.0")) {
        assertTrue(text.contains("\n" + line + "\n"), line + " in\n" + text);
      }
    }
  }

  /** Until what nobody keeps is gone. */
  private static void collect() {
    WeakReference<Object> nobodys = new WeakReference<>(new Object());
    while (nobodys.get() != null) {
      System.gc();
    }
  }
}
