package io.floodmark.ingest.broker;

/**
 * How many messages wait for sessions, or are in flight to them, kept up to date so that nobody has
 * to go through all sessions for it. Guarded by the broker's lock.
 */
final class Queued {
  private long connected;
  private long offline;

  /** For sessions that somebody is connected to. */
  long connected() {
    return connected;
  }

  /** For the others. */
  long offline() {
    return offline;
  }

  /** A session has {@code more} of them, or fewer. */
  void add(int more, boolean isConnected) {
    if (isConnected) {
      connected += more;
    } else {
      offline += more;
    }
  }
}
