package io.floodmark.api.assets.exchange;

import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.Change;
import io.floodmark.api.assets.files.AssetFile;
import io.floodmark.api.assets.files.FileLimits;
import io.floodmark.api.assets.files.FileProblemException;
import io.floodmark.api.metrics.Exposition;
import io.floodmark.api.pages.Texts;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that works on imports, with connections of its own: a list of a hundred thousand rows
 * must not take those of the pages. One import at a time in a database, whichever process works on
 * it. Safe for use by any thread.
 */
public final class ImportWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ImportWorker.class);

  private static final Duration TIDY_EVERY = Duration.ofMinutes(10);
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final Database database;
  private final InstantSource clock;
  private final Path folder;
  private final ScheduledExecutorService thread;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean stopping;

  /**
   * A worker that has not started.
   *
   * @param folder for copies of files while they are read
   */
  public ImportWorker(Database database, InstantSource clock, Path folder) {
    this.database = database;
    this.clock = clock;
    this.folder = folder;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "imports");
              made.setDaemon(true);
              return made;
            });
  }

  /** Looks now, and every ten minutes, for what died and for files that nobody decided on. */
  @SuppressWarnings("FutureReturnValueIgnored") // tidy() tells its failures itself
  public void start() {
    thread.scheduleWithFixedDelay(this::tidy, 0, TIDY_EVERY.toMinutes(), TimeUnit.MINUTES);
  }

  /** Whether an import is under way, of the one that may be. */
  public Exposition.Work load() {
    return new Exposition.Work("imports", busy.get() ? 1 : 0, 1);
  }

  /** Whether work on an import began, and if not, why. */
  enum Begun {
    YES,
    /** Another import is under way. */
    BUSY,
    /** Somebody else began, cancelled or changed this one. */
    NOT_NOW
  }

  /** Begins a dry run. */
  CompletableFuture<Begun> check(ImportEntry entry, Caller caller, Texts texts) {
    return begin(entry, ImportState.CHECKING, (work) -> check(work, entry, caller, texts));
  }

  /** Begins to write. */
  CompletableFuture<Begun> write(ImportEntry entry, Change change) {
    return begin(entry, ImportState.IMPORTING, (work) -> write(work, entry, change));
  }

  /** One connection to work on, one to tell how far it is. */
  private record Work(Connection connection, ImportStore told) {}

  @FunctionalInterface
  private interface Job {
    void run(Work work) throws IOException, FileProblemException, SQLException, ImportStopped;
  }

  private CompletableFuture<Begun> begin(ImportEntry entry, ImportState state, Job job) {
    CompletableFuture<Begun> begun = new CompletableFuture<>();
    if (stopping || !busy.compareAndSet(false, true)) {
      begun.complete(Begun.BUSY);
      return begun;
    }
    thread.execute(
        () -> {
          try (Connection connection = database.connect();
              Connection telling = database.connect()) {
            ImportStore told = new ImportStore(telling);
            if (!FileImport.tryLock(connection)) {
              begun.complete(Begun.BUSY);
            } else if (!told.begin(entry.id(), state, clock.instant())) {
              begun.complete(Begun.NOT_NOW);
            } else {
              begun.complete(Begun.YES);
              run(job, new Work(connection, told), entry);
            }
          } catch (SQLException | RuntimeException e) {
            log.warn("Import {} ended early; nothing was imported.", entry.id(), e);
            begun.completeExceptionally(e);
          } finally {
            busy.set(false);
          }
        });
    return begun;
  }

  private void run(Job job, Work work, ImportEntry entry) throws SQLException {
    Optional<ImportProblem> failure = Optional.empty();
    try {
      job.run(work);
    } catch (FileProblemException e) {
      failure = Optional.of(ImportProblem.of(e));
    } catch (ImportStopped e) {
      failure = Optional.of(e.reason());
    } catch (IOException | SQLException | RuntimeException e) {
      log.warn("Import {} failed; nothing was imported.", entry.id(), e);
      failure = Optional.of(ImportProblem.ofAll("exchange.problem.failed"));
    }
    if (failure.isPresent()) {
      work.told().failed(entry.id(), failure.get(), clock.instant());
    }
  }

  private void check(Work work, ImportEntry entry, Caller caller, Texts texts)
      throws IOException, FileProblemException, SQLException, ImportStopped {
    ImportCounts counts = new ImportCounts();
    try (ImportReport report = new ImportReport(texts, counts)) {
      new FileImport(work.connection(), plan(entry, caller))
          .check(() -> open(work, entry), counts, report::add, progress(work, entry));
      if (!work.told().checked(entry.id(), report, report.packed(), clock.instant())) {
        throw ImportStopped.onDemand();
      }
    }
  }

  private void write(Work work, ImportEntry entry, Change change)
      throws IOException, FileProblemException, SQLException, ImportStopped {
    Connection connection = work.connection();
    connection.setAutoCommit(false);
    boolean whole = false;
    try {
      ImportCounts counts =
          new FileImport(connection, plan(entry, change.caller()))
              .write(
                  () -> open(work, entry), "import:" + entry.id(), change, progress(work, entry));
      if (!new ImportStore(connection).done(entry.id(), counts, clock.instant())) {
        throw ImportStopped.onDemand();
      }
      connection.commit();
      whole = true;
    } finally {
      if (!whole) {
        connection.rollback();
      }
    }
  }

  private static ImportPlan plan(ImportEntry entry, Caller caller) {
    return new ImportPlan(entry.kind(), entry.mapping().orElseThrow(), caller, entry.fileName());
  }

  private AssetFile open(Work work, ImportEntry entry) throws IOException, FileProblemException {
    try (StoredFile stored = new StoredFile(work.connection(), entry.id())) {
      return AssetFile.open(
          stored, entry.mapping().flatMap(ColumnMapping::sheet), FileLimits.DEFAULT, folder);
    }
  }

  private FileImport.Progress progress(Work work, ImportEntry entry) {
    long[] toldAt = {System.nanoTime()};
    return rows -> {
      if (stopping) {
        throw ImportStopped.onDemand();
      }
      long now = System.nanoTime();
      if (now - toldAt[0] > PROGRESS_NANOS) {
        toldAt[0] = now;
        if (!work.told().progress(entry.id(), rows, clock.instant())) {
          throw ImportStopped.onDemand();
        }
      }
    };
  }

  private void tidy() {
    try (Connection connection = database.connect()) {
      new ImportStore(connection).tidy(clock.instant());
    } catch (SQLException e) {
      log.debug("Imports cannot be tidied while the database is away: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("Imports were not tidied.", e);
    }
  }

  /** Stops what is under way; of an import nothing stays. */
  @Override
  public void close() {
    stopping = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("An import did not stop in time; the database undoes it.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
