package io.floodmark.bench.program;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Processes that end with the bench, also where that is ended from outside in the middle. Safe for
 * use by any thread.
 */
public final class Children {
  private static final long END_WITHIN_SECONDS = 60;
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll, "end-children"));
  }

  private Children() {}

  /** Starts one. */
  public static Process start(ProcessBuilder program) throws IOException {
    Process child = program.start();
    STARTED.add(child);
    return child;
  }

  private static void endAll() {
    STARTED.forEach(Process::destroy);
    for (Process child : STARTED) {
      try {
        if (!child.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
          child.destroyForcibly();
        }
      } catch (InterruptedException e) {
        child.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
