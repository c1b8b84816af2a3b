package io.floodmark.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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
  private static final int START_LIMIT_SECONDS = 1_800;

  private static final int STOP_LIMIT_SECONDS = 120;
  private static final int PROGRESS_SECONDS = 10;
  private static final int ASK_MILLIS = 100;

  /** A new name each time: after a kill -9 the initdb of before lives on for a moment. */
  private static final String FRESH_PREFIX = "database.new-";

  /**
   * Ctrl-C goes to everything that the terminal runs. pg_ctl takes the server out of that itself;
   * this takes out pg_ctl and initdb, which are ours to stop, in our order.
   */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /**
   * Given on the command line, which outranks {@code postgresql.conf} and {@code ALTER SYSTEM}:
   * what an acknowledgement rests on must not be turned off by an edit.
   */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              // An acknowledged reading is on disk.
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              // Full pages are most of what a small, steady writer puts into its log.
              Map.entry("wal_compression", "on"),
              // Nobody gets in but over loopback with a password.
              Map.entry("listen_addresses", "127.0.0.1"),
              Map.entry("unix_socket_directories", ""),
              Map.entry("password_encryption", "scram-sha-256"),
              // A machine with 2 GB and two cores, shared with a JVM.
              Map.entry("max_connections", "60"),
              Map.entry("shared_buffers", "128MB"),
              Map.entry("work_mem", "8MB"),
              Map.entry("maintenance_work_mem", "64MB"),
              Map.entry("effective_cache_size", "512MB"),
              Map.entry("max_parallel_workers_per_gather", "1"),
              Map.entry("jit", "off"),
              Map.entry("timezone", "UTC"),
              Map.entry("log_timezone", "UTC"),
              // One file for each day of the week, begun anew when its day returns.
              Map.entry("logging_collector", "on"),
              Map.entry("log_directory", "log"),
              Map.entry("log_filename", "%a.log"),
              Map.entry("log_rotation_age", "1d"),
              Map.entry("log_rotation_size", "0"),
              Map.entry("log_truncate_on_rotation", "on"),
              Map.entry("log_checkpoints", "off")));

  private final Path home;
  private final Path database;
  private final PostgresUser user;

  /**
   * A cluster that may not exist yet.
   *
   * @param home PostgreSQL's programs
   * @param database the cluster's folder
   * @param user who runs them
   */
  PostgresCluster(Path home, Path database, PostgresUser user) {
    this.home = home;
    this.database = database;
    this.user = user;
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
    user.own(fresh);
    DataFolder.writeDurably(passwordFile, access.superuserPassword());
    user.own(passwordFile);
    try {
      // Builtin C.UTF-8: sorts by code point, the same on every machine and after every upgrade of
      // the system, and still knows the upper and lower case of Vietnamese.
      Outcome made =
          run(
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
      if (made.exitCode() != 0) {
        throw new Failure("PostgreSQL could not make its database: " + made.lastWords());
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    // Two roles: the program works as an ordinary owner, so that a hole in a query is not a hole
    // into the machine (COPY ... TO PROGRAM); the superuser stays for the operator.
    Outcome filled =
        run(
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
    if (filled.exitCode() != 0) {
      throw new Failure("PostgreSQL could not make its database: " + filled.lastWords());
    }
    Path hba = fresh.resolve("pg_hba.conf");
    Files.writeString(hba, "# Written by Floodmark.\nhost all all 127.0.0.1/32 scram-sha-256\n");
    Files.createDirectory(fresh.resolve("log"));
    user.own(fresh);
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
    StringBuilder options = new StringBuilder("-p ").append(port);
    // Through a shell on its way to postgres: no value may hold a blank or a quote.
    SETTINGS.forEach((key, value) -> options.append(" -c ").append(key).append('=').append(value));
    Process starting =
        launch(
            "",
            "pg_ctl",
            "start",
            "--wait",
            "--timeout=" + START_LIMIT_SECONDS,
            "--pgdata=" + database,
            "--log=" + startLog(),
            "--options=" + options);
    boolean started = false;
    try {
      started = outcome(starting, stopping, START_LIMIT_SECONDS + PROGRESS_SECONDS).exitCode() == 0;
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
    Outcome outcome = control("stop", "fast");
    if (outcome.exitCode() != 0 && findPostmaster().isPresent()) {
      log.warn("PostgreSQL did not stop by itself ({}); stopping it hard.", outcome.lastWords());
      outcome = control("stop", "immediate");
      if (outcome.exitCode() != 0 && findPostmaster().isPresent()) {
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
      // A server's working directory is its cluster. A zombie has no command line any more.
      String line = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return line.contains("postgres") && isWorkingDirectory(proc.resolve("cwd"), line);
    }
    String line = process.get().info().commandLine().orElse("");
    return line.contains("postgres") && line.contains(database.toString());
  }

  private boolean isWorkingDirectory(Path cwd, String commandLine) throws IOException {
    try {
      return Files.isSameFile(cwd, database);
    } catch (AccessDeniedException e) {
      return commandLine.contains(database.toString());
    } catch (NoSuchFileException e) {
      return false; // ended while we looked
    }
  }

  private Outcome control(String action, String mode) throws IOException, InterruptedException {
    return run(
        () -> false,
        "",
        "pg_ctl",
        action,
        "--wait",
        "--timeout=" + STOP_LIMIT_SECONDS,
        "--mode=" + mode,
        "--pgdata=" + database);
  }

  private Path startLog() {
    return database.resolve("log").resolve("start.log");
  }

  /** The last lines that the server wrote, in one. */
  private String logTail() throws IOException {
    Path newest = startLog();
    try (var files = Files.list(database.resolve("log"))) {
      for (Path file : files.toList()) {
        if (Files.notExists(newest)
            || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0) {
          newest = file;
        }
      }
    }
    return Files.exists(newest) ? lastLines(Files.readString(newest)) : "(it wrote none)";
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  private Outcome run(BooleanSupplier stopping, String input, String program, String... arguments)
      throws IOException, InterruptedException {
    Process process = launch(input, program, arguments);
    try {
      return outcome(process, stopping, STOP_LIMIT_SECONDS + PROGRESS_SECONDS);
    } finally {
      // initdb removes what it has made; that has to be over before anybody goes on.
      process.destroy();
      process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private Process launch(String input, String program, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      line.add(SETSID.toString());
    }
    line.addAll(user.command());
    line.add(home.resolve("bin").resolve(program).toString());
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(home.toFile()).redirectErrorStream(true);
    // PGPORT, PGDATA, PGOPTIONS and their like are meant for some other PostgreSQL.
    builder.environment().keySet().removeIf(key -> key.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(input);
    }
    return process;
  }

  private Outcome outcome(Process process, BooleanSupplier stopping, int limitSeconds)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long told = 0;
    while (!process.waitFor(ASK_MILLIS, TimeUnit.MILLISECONDS)) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      if (stopping.getAsBoolean()) {
        throw new Failure("Stopped while PostgreSQL was started.");
      }
      if (seconds > limitSeconds) {
        throw new Failure("PostgreSQL did not do in %d s what it was told.".formatted(seconds));
      }
      if (seconds >= told + PROGRESS_SECONDS) {
        told = seconds;
        log.info("Waiting for PostgreSQL since {} s: {}", seconds, progress());
      }
    }
    // None of its programs says more than a pipe holds, so reading may wait until the end.
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.exitValue(), output);
  }

  private String progress() throws IOException {
    return Files.exists(startLog()) ? logTail() : "nothing logged yet";
  }

  private record Outcome(int exitCode, String output) {
    String lastWords() {
      return "exit code " + exitCode + ": " + lastLines(output);
    }
  }
}
