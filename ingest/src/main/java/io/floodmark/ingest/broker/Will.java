package io.floodmark.ingest.broker;

/**
 * What is to be said when a client vanishes (§3.1.2.5).
 *
 * @param delaySeconds Will Delay Interval, 0 to 4,294,967,295: said only if the client is not back
 *     by then, but not after its session's end (§3.1.3.2.2)
 * @param publish says it, once, if it has to be said. Runs on the thread on which this turns out,
 *     without any lock of the broker's, and must not block; the message expiry of the will begins
 *     then
 */
public record Will(long delaySeconds, Runnable publish) {
  /** Checks the delay. */
  public Will {
    if (delaySeconds < 0 || delaySeconds > ConnectRequest.NEVER) {
      throw new IllegalArgumentException("Not a will delay interval: " + delaySeconds);
    }
  }
}
