package io.floodmark.server;

import io.floodmark.backup.Progress;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A backup's or restore's way, a line for each table that has rows, and the stop on the way. */
final class PrintedProgress implements Progress {
  private final Consumer<String> out;
  private final BooleanSupplier stopping;

  /**
   * Prints to {@code out}.
   *
   * @param stopping asked at every step whether to give up
   */
  PrintedProgress(Consumer<String> out, BooleanSupplier stopping) {
    this.out = out;
    this.stopping = stopping;
  }

  @Override
  public void at(Step step, String table, long rows, boolean done) {
    if (stopping.getAsBoolean()) {
      throw new Stopped("Stopped before the end.");
    }
    if (step == Step.CHECKING || rows == 0) {
      return;
    }
    out.accept(String.format(Locale.ROOT, "  %-20s %,d %s", table, rows, done ? "rows" : "..."));
  }
}
