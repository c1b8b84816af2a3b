package io.floodmark.ingest.commit;

/**
 * Where the commit loop has a batch written while it evaluates the next: one piece of work at a
 * time. {@link WriteThread} is the real one; a simulation does the work when its seed says so.
 * Confined to the commit thread.
 */
interface Alongside extends AutoCloseable {
  /**
   * Has something done, which must not throw. What was done before it is seen by it, and what it
   * did by whoever finds it {@linkplain #isAtWork ended}.
   *
   * @throws IllegalStateException if something is at work
   */
  void start(Runnable work);

  /** Whether what was started has not ended. */
  boolean isAtWork();

  /** Waits until nothing is at work. */
  void await() throws InterruptedException;

  /** Ends it, after what is at work. */
  @Override
  void close();
}
