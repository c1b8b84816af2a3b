package io.floodmark.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs PostgreSQL's own programs.
 *
 * @param home folder with {@code bin}
 * @param user who runs them
 */
record PostgresPrograms(Path home, PostgresUser user) {
  private static final Logger log = LoggerFactory.getLogger(PostgresPrograms.class);

  /**
   * Ctrl-C goes to everything that the terminal runs. pg_ctl takes the server out of that itself;
   * this takes out pg_ctl and initdb, which are ours to stop, in our order.
   */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final int ASK_MILLIS = 100;
  private static final int PROGRESS_SECONDS = 10;
  private static final int TAIL_LINES = 5;
  private static final Duration END_WITHIN = Duration.ofSeconds(60);

  /**
   * How a program ended.
   *
   * @param exitCode 0 if it did what it was told
   * @param output what it printed
   */
  record Outcome(int exitCode, String output) {
    boolean isGood() {
      return exitCode == 0;
    }

    String lastWords() {
      return "exit code " + exitCode + ": " + lastLines(output);
    }
  }

  /**
   * Runs a program to its end.
   *
   * @param limit how long it may take
   * @param stopping asked several times a second whether to give up
   * @param input what it reads
   * @throws Failure if it takes too long
   * @throws Stopped if it was given up; it has ended then
   */
  Outcome run(
      Duration limit, BooleanSupplier stopping, String input, String program, String... arguments)
      throws IOException, InterruptedException {
    Process process = launch(program, arguments);
    try {
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      }
      return await(process, limit, stopping, () -> program);
    } finally {
      // initdb removes what it has made; that has to be over before anybody goes on.
      process.destroy();
      process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Starts a program; the caller awaits or destroys it. */
  Process launch(String program, String... arguments) throws IOException {
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
    return builder.start();
  }

  /**
   * Waits for a program and logs now and then how it comes along.
   *
   * @param progress what it is at, in a few words
   */
  static Outcome await(
      Process process, Duration limit, BooleanSupplier stopping, Supplier<String> progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long told = 0;
    while (true) {
      // Asked first, so that whoever is stopped gives up however quick the program is.
      if (stopping.getAsBoolean()) {
        throw new Stopped("Stopped while PostgreSQL was started.");
      }
      if (process.waitFor(ASK_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      if (seconds > limit.toSeconds()) {
        throw new Failure("PostgreSQL did not do in %d s what it was told.".formatted(seconds));
      }
      if (seconds >= told + PROGRESS_SECONDS) {
        told = seconds;
        log.info("Waiting for PostgreSQL since {} s: {}", seconds, progress.get());
      }
    }
    // None of its programs says more than a pipe holds, so reading may wait until the end.
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.exitValue(), output);
  }

  /** The end of a text, on one line. */
  static String lastLines(String text) {
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
