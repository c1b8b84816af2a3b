package io.floodmark.ingest.commit;

import java.util.Optional;

/** Writes beside the loop when it is told to, or when the loop waits for it. */
public final class SimulatedWriter implements Alongside {
  private Optional<Runnable> work = Optional.empty();
  private int started;

  @Override
  public void start(Runnable begun) {
    if (work.isPresent()) {
      throw new IllegalStateException("A batch is being written already.");
    }
    work = Optional.of(begun);
    started++;
  }

  @Override
  public boolean isAtWork() {
    return work.isPresent();
  }

  @Override
  public void await() {
    Optional<Runnable> begun = work;
    begun.ifPresent(Runnable::run);
    work = Optional.empty();
  }

  @Override
  public void close() {
    await();
  }

  /** How many batches were written beside the loop. */
  public int started() {
    return started;
  }
}
