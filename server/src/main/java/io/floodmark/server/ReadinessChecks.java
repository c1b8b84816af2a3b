package io.floodmark.server;

import io.floodmark.api.health.HealthCheck;
import io.floodmark.ingest.Ingest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What beside the database has to be right, by role. */
final class ReadinessChecks {
  /** Longer than a slow disk keeps a commit waiting; by then sensors have noticed. */
  private static final Duration COMMITS_WITHIN = Duration.ofSeconds(15);

  /** A few log segments of PostgreSQL's, and then it stops in the middle. */
  private static final long FREE_MEGABYTES = 200;

  private ReadinessChecks() {}

  /**
   * The checks of one process.
   *
   * @param dataDir of the embedded database; empty where the database is somebody else's
   */
  static List<HealthCheck> of(Optional<Ingest> ingest, Optional<Path> dataDir) {
    List<HealthCheck> checks = new ArrayList<>();
    ingest.ifPresent(
        line -> {
          checks.add(
              new CommitLine(
                  line::isCommitting,
                  () -> line.queue().size(),
                  () -> line.commitCounters().batches(),
                  System::nanoTime));
          checks.add(
              check(
                  "mqtt",
                  () ->
                      line.isListening()
                          ? new HealthCheck.Finding(true, "Sensors can connect.")
                          : new HealthCheck.Finding(
                              false, "It takes no connections: it is being stopped, or failed.")));
        });
    dataDir.ifPresent(folder -> checks.add(check("disk", () -> disk(folder, FREE_MEGABYTES))));
    return checks;
  }

  /** Whether {@code folder}'s disk has so much room. */
  static HealthCheck.Finding disk(Path folder, long megabytes) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      return new HealthCheck.Finding(
          free >= megabytes,
          free >= megabytes
              ? free + " MB are free."
              : "Only %d MB are free where data.dir is, and below %d MB the database may stop: make room."
                  .formatted(free, megabytes));
    } catch (IOException e) {
      return new HealthCheck.Finding(false, "data.dir cannot be looked at: " + e.getMessage());
    }
  }

  private static HealthCheck check(String name, Supplier<HealthCheck.Finding> look) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Finding look() {
        return look.get();
      }
    };
  }

  /** Something waits, and nothing was committed between looks that lie far enough apart. */
  static final class CommitLine implements HealthCheck {
    private final BooleanSupplier isAlive;
    private final LongSupplier waiting;
    private final LongSupplier batches;
    private final LongSupplier nanos;
    private long batchesThen = -1;
    private long progressAt;

    CommitLine(
        BooleanSupplier isAlive, LongSupplier waiting, LongSupplier batches, LongSupplier nanos) {
      this.isAlive = isAlive;
      this.waiting = waiting;
      this.batches = batches;
      this.nanos = nanos;
      this.progressAt = nanos.getAsLong();
    }

    @Override
    public String name() {
      return "commit";
    }

    @Override
    public synchronized Finding look() {
      if (!isAlive.getAsBoolean()) {
        return new Finding(false, "The thread that commits has died: restart, and report the log.");
      }
      long waits = waiting.getAsLong();
      long now = nanos.getAsLong();
      if (waits == 0 || batches.getAsLong() != batchesThen) {
        batchesThen = batches.getAsLong();
        progressAt = now;
      }
      Duration still = Duration.ofNanos(now - progressAt);
      return still.compareTo(COMMITS_WITHIN) > 0
          ? new Finding(
              false,
              "%d messages wait, and none was committed for %d s."
                  .formatted(waits, still.toSeconds()))
          : new Finding(true, waits + " messages wait.");
    }
  }
}
