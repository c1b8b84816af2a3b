package io.floodmark.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database cluster on disk and the programs that make, start and stop it. Whoever calls holds
 * the folder's lock; calls do not overlap.
 */
final class PostgresCluster {
  private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

  /** Crash recovery replays the log since the last checkpoint: minutes on a slow card. */
  private static final Duration START_WITHIN = Duration.ofMinutes(30);

  /** A last checkpoint writes what memory holds: long on a slow card. */
  private static final Duration STOP_WITHIN = Duration.ofMinutes(2);

  /** Writes nothing, so it takes no time; recovery does the rest at the next start. */
  private static final Duration HARD_STOP_WITHIN = Duration.ofSeconds(20);

  private static final Duration CREATE_WITHIN = Duration.ofMinutes(5);

  /** pg_ctl keeps the limit that it is told; this is for one that hangs. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** The longest that {@link #stop} takes. */
  static final Duration STOPS_WITHIN = STOP_WITHIN.plus(GRACE).plus(HARD_STOP_WITHIN).plus(GRACE);

  /** A new name each time: after a kill -9 the initdb of before lives on for a moment. */
  private static final String FRESH_PREFIX = "database.new-";

  private final PostgresPrograms programs;
  private final Path database;

  /**
   * A cluster that may not exist yet.
   *
   * @param programs of PostgreSQL, and who runs them
   * @param database the cluster's folder
   */
  PostgresCluster(PostgresPrograms programs, Path database) {
    this.programs = programs;
    this.database = database;
  }

  /**
   * Makes the cluster, its roles and the database {@code floodmark}. All of it happens in a folder
   * beside and is then renamed, so what a kill leaves half-made is never started.
   *
   * @param stopping asked several times a second whether to give up
   */
  void create(DataFolder.Access access, BooleanSupplier stopping)
      throws IOException, InterruptedException {
    deleteLeftovers();
    Path fresh = Files.createTempDirectory(database.getParent(), FRESH_PREFIX);
    Path passwordFile = database.resolveSibling("superuser.password");
    programs.user().own(fresh);
    DataFolder.writeDurably(passwordFile, access.superuserPassword());
    programs.user().own(passwordFile);
    try {
      // Builtin C.UTF-8: sorts by code point, the same on every machine and after every upgrade of
      // the system, and still knows the upper and lower case of Vietnamese.
      PostgresPrograms.Outcome made =
          programs.run(
              CREATE_WITHIN,
              stopping,
              "",
              "initdb",
              "--pgdata=" + fresh,
              "--username=postgres",
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--data-checksums",
              "--no-instructions");
      if (!made.isGood()) {
        throw new Failure("PostgreSQL could not make its database: " + made.lastWords());
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    // Two roles: the program works as an ordinary owner, so that a hole in a query is not a hole
    // into the machine (COPY ... TO PROGRAM); the superuser stays for the operator.
    PostgresPrograms.Outcome filled =
        programs.run(
            CREATE_WITHIN,
            stopping,
            """
            CREATE ROLE floodmark LOGIN PASSWORD '%s'
            CREATE DATABASE floodmark OWNER floodmark
            """
                .formatted(access.password()),
            "postgres",
            "--single",
            "-D",
            fresh.toString(),
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            "postgres");
    if (!filled.isGood()) {
      throw new Failure("PostgreSQL could not make its database: " + filled.lastWords());
    }
    Path hba = fresh.resolve("pg_hba.conf");
    Files.writeString(hba, "# Written by Floodmark.\nhost all all 127.0.0.1/32 scram-sha-256\n");
    Files.createDirectory(fresh.resolve("log"));
    programs.user().own(fresh);
    Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
  }

  private void deleteLeftovers() throws IOException {
    try (Stream<Path> entries = Files.list(database.getParent())) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(FRESH_PREFIX)) {
          try {
            PostgresBinaries.delete(entry);
          } catch (IOException e) {
            // The initdb of a killed predecessor may still be at work there; it is out of our way.
            log.debug("{} is not deleted yet: {}", entry, e.toString());
          }
        }
      }
    }
  }

  /** Major version that made the cluster; empty if there is none yet. */
  Optional<String> findMajor() throws IOException {
    Path file = database.resolve("PG_VERSION");
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  /**
   * Starts the server and waits until it takes connections. If that does not come to pass, nothing
   * is left running.
   *
   * @param stopping asked several times a second whether to give up
   * @throws Failure with the end of its log, if it does not start
   */
  void start(int port, BooleanSupplier stopping) throws IOException, InterruptedException {
    Files.deleteIfExists(startLog());
    Process starting =
        programs.launch(
            "pg_ctl",
            "start",
            "--wait",
            "--timeout=" + START_WITHIN.toSeconds(),
            "--pgdata=" + database,
            "--log=" + startLog(),
            "--options=" + PostgresSettings.options(port));
    boolean started = false;
    try {
      started =
          PostgresPrograms.await(starting, START_WITHIN.plus(GRACE), stopping, this::logTail)
              .isGood();
      if (!started) {
        throw new Failure(
            "PostgreSQL did not start in %s. Its log ends: %s".formatted(database, logTail()));
      }
    } finally {
      if (!started) {
        leaveNothing(starting);
      }
    }
  }

  /** Without pg_ctl a server that is just coming up would be an orphan that nobody sees yet. */
  private void leaveNothing(Process starting) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (starting.isAlive()
        && findPostmaster().isEmpty()
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5)) {
      starting.waitFor(20, TimeUnit.MILLISECONDS);
    }
    starting.destroy();
    stop();
  }

  /** Stops the server; open sessions are ended, open transactions rolled back. */
  void stop() throws IOException, InterruptedException {
    if (findPostmaster().isEmpty()) {
      return;
    }
    PostgresPrograms.Outcome outcome = stop("fast", STOP_WITHIN);
    if (!outcome.isGood() && findPostmaster().isPresent()) {
      log.warn("PostgreSQL did not stop by itself ({}); stopping it hard.", outcome.lastWords());
      outcome = stop("immediate", HARD_STOP_WITHIN);
      if (!outcome.isGood() && findPostmaster().isPresent()) {
        throw new Failure("PostgreSQL does not stop: " + outcome.lastWords());
      }
    }
  }

  /**
   * The process id of a living server of this cluster. PostgreSQL leaves the file behind when it is
   * killed, and the number may by now be somebody else's, so the process is looked at.
   */
  OptionalLong findPostmaster() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(database.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
    // Empty for a moment while a server writes it, and for ever if the disk was full then.
    if (lines.isEmpty() || !lines.get(0).matches("\\d{1,18}")) {
      return OptionalLong.empty();
    }
    long pid = Long.parseLong(lines.get(0));
    return runsThisCluster(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
  }

  /**
   * Takes away the pid file of a server that is no more. PostgreSQL does so itself unless another
   * process of the same user has got the number meanwhile, which in a container is the rule.
   */
  void clearStale() throws IOException {
    Path file = database.resolve("postmaster.pid");
    if (Files.exists(file) && findPostmaster().isEmpty()) {
      log.info("The database was not shut down last time; it recovers now.");
      Files.deleteIfExists(file);
    }
  }

  private boolean runsThisCluster(long pid) throws IOException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return false;
    }
    Path proc = Path.of("/proc", Long.toString(pid));
    if (Files.isDirectory(proc)) {
      return runsThisCluster(process.get(), proc);
    }
    String line = process.get().info().commandLine().orElse("");
    return line.contains("postgres") && line.contains(database.toString());
  }

  private boolean runsThisCluster(ProcessHandle process, Path proc) throws IOException {
    try {
      // A zombie has no command line any more.
      String line = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      if (!line.contains("postgres")) {
        return false;
      }
      return line.contains(database.toString()) || isAt(proc.resolve("cwd"));
    } catch (IOException e) {
      if (!process.isAlive()) {
        return false; // ended while we looked
      }
      throw e;
    }
  }

  /** A server's working directory is its cluster, also after the folder has got another name. */
  private boolean isAt(Path cwd) throws IOException {
    try {
      return Files.isSameFile(cwd, database);
    } catch (AccessDeniedException e) {
      return false; // in a container, root may not look there
    }
  }

  private PostgresPrograms.Outcome stop(String mode, Duration within)
      throws IOException, InterruptedException {
    return programs.run(
        within.plus(GRACE),
        () -> false,
        "",
        "pg_ctl",
        "stop",
        "--wait",
        "--timeout=" + within.toSeconds(),
        "--mode=" + mode,
        "--pgdata=" + database);
  }

  private Path startLog() {
    return database.resolve("log").resolve("start.log");
  }

  /** The last lines that the server wrote, in one. */
  private String logTail() {
    try (Stream<Path> files = Files.list(database.resolve("log"))) {
      Optional<Path> newest = files.max(Comparator.comparing(file -> file.toFile().lastModified()));
      return newest.isEmpty()
          ? "(it wrote none)"
          : PostgresPrograms.lastLines(Files.readString(newest.get()));
    } catch (IOException e) {
      return "(it cannot be read: " + e.getMessage() + ")";
    }
  }
}
