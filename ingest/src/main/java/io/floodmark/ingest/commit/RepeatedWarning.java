package io.floodmark.ingest.commit;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Logs a trouble when it begins, then counted and every half minute. Confined to one thread. */
public final class RepeatedWarning {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Logger log;
  private final String trouble;
  private long times;
  private long loggedAtNanos;

  /**
   * Not in trouble.
   *
   * @param trouble what to say, a clause without its full stop
   */
  public RepeatedWarning(Logger log, String trouble) {
    this.log = log;
    this.trouble = trouble;
  }

  /** It happened, perhaps again. */
  public void happened(Exception cause) {
    times++;
    long now = System.nanoTime();
    if (times == 1 || now - loggedAtNanos > EVERY_NANOS) {
      loggedAtNanos = now;
      log.warn("{} ({} times so far): {}", trouble, times, cause.toString());
    }
  }

  /** It is over, if it was there. */
  public void over() {
    if (times > 0) {
      log.info("Over after {} times: {}.", times, trouble);
      times = 0;
    }
  }
}
