package io.floodmark.ingest.mqtt;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of what sensors and strangers do wrong, at most once in ten seconds for each reason, so
 * that a fleet with a wrong token does not fill the disk. Safe for use by any thread.
 */
final class SparseLog {
  private static final Logger log = LoggerFactory.getLogger(SparseLog.class);

  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ConcurrentHashMap<Enum<?>, Silence> silences = new ConcurrentHashMap<>();

  /**
   * Logs a warning, or counts it for the next line.
   *
   * @param reason what is warned of
   * @param who the sensor, or what is known instead; never what was sent unchecked, never a secret
   * @param what what happened, and why: the rest of the sentence
   */
  void warn(Enum<?> reason, String who, Object address, String what) {
    Silence silence = silences.computeIfAbsent(reason, same -> new Silence());
    if (silence.isOver()) {
      long unlogged = silence.unlogged.getAndSet(0);
      String more = unlogged == 0 ? "" : " (" + unlogged + " more for this reason since the last)";
      log.warn("MQTT: {} at {} {}{}.", who, address, what, more);
    } else {
      silence.unlogged.incrementAndGet();
    }
  }

  private static final class Silence {
    private final AtomicLong endNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong unlogged = new AtomicLong();

    boolean isOver() {
      long end = endNanos.get();
      long now = System.nanoTime();
      return now - end >= 0 && endNanos.compareAndSet(end, now + EVERY_NANOS);
    }
  }
}
