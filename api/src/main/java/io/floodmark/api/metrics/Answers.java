package io.floodmark.api.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How requests were answered since the start. Safe for use by any event loop. */
public final class Answers {
  private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();

  /** An answer of that HTTP status is on its way. */
  public void count(int status) {
    byStatus.computeIfAbsent(status, first -> new LongAdder()).increment();
  }

  /** How many of each status. */
  public Map<Integer, Long> byStatus() {
    Map<Integer, Long> counts = new TreeMap<>();
    byStatus.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }
}
