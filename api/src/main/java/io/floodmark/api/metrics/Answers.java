package io.floodmark.api.metrics;

import io.floodmark.metrics.Histogram;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How requests were answered since the start. Safe for use by any event loop. */
public final class Answers {
  private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
  private final Histogram nanos = Histogram.ofNanos();

  /**
   * An answer is on its way.
   *
   * @param status of HTTP
   * @param tookNanos from the request's head to the answer's
   */
  public void count(int status, long tookNanos) {
    nanos.record(tookNanos);
    byStatus.computeIfAbsent(status, first -> new LongAdder()).increment();
  }

  /** How many of each status. */
  public Map<Integer, Long> byStatus() {
    Map<Integer, Long> counts = new TreeMap<>();
    byStatus.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }

  /** How long they took, from the request's head to the answer's. */
  public Histogram nanos() {
    return nanos;
  }
}
