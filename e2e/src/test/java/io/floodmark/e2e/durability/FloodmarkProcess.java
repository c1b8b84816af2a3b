package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.floodmark.e2e.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Floodmark as its users run it: a process of its own that can be killed. What it prints is kept
 * and can be waited for. Safe for use by several threads.
 */
final class FloodmarkProcess {
  private static final long START_SECONDS = 90;
  private static final Pattern MQTT = Pattern.compile("mqtt://127\\.0\\.0\\.1:(\\d+)");

  private static final Pattern HTTP = Pattern.compile("map at (http://127\\.0\\.0\\.1:\\d+)/");

  private final Process process;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private FloodmarkProcess(Process process) {
    this.process = process;
  }

  /** Starts {@code floodmark ARGUMENTS} in {@code folder}. */
  static FloodmarkProcess start(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-jar", jar().toString()));
    command.addAll(arguments);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectErrorStream(true).environment().keySet().removeIf(FloodmarkProcess::isOurs);
      FloodmarkProcess started = new FloodmarkProcess(builder.start());
      Thread reader = new Thread(started::read, "floodmark-output");
      reader.setDaemon(true);
      reader.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that it says it listens on for sensors; waits for it. */
  int mqttPort() throws InterruptedException {
    return Integer.parseInt(await(MQTT).group(1));
  }

  /** Where it says that the map is; waits for it. */
  String httpAddress() throws InterruptedException {
    return await(HTTP).group(1);
  }

  long pid() {
    return process.pid();
  }

  /** Waits until a line with {@code pattern} has been printed, and fails if none comes. */
  Matcher await(Pattern pattern) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(START_SECONDS);
      int seen = 0;
      while (true) {
        for (; seen < lines.size(); seen++) {
          Matcher matcher = pattern.matcher(lines.get(seen));
          if (matcher.find()) {
            return matcher;
          }
        }
        if (ended || left <= 0) {
          return fail("Never printed " + pattern + ":\n" + String.join("\n", lines));
        }
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** SIGKILL: no shutdown hook runs. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, then waits for its end. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      return fail("Did not end within a minute of SIGTERM:\n" + output());
    }
    return process.exitValue();
  }

  /** Waits until it has done its work; returns its exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      return fail("Did not end within " + START_SECONDS + " s:\n" + output());
    }
    return process.exitValue();
  }

  /** Everything printed so far. */
  String output() {
    lock.lock();
    try {
      return String.join("\n", lines);
    } finally {
      lock.unlock();
    }
  }

  /** Ends it, gently if that is still possible. */
  void end() throws InterruptedException {
    if (process.isAlive()) {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(output broke off: " + e.getMessage() + ")");
    } finally {
      lock.lock();
      try {
        ended = true;
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void add(String line) {
    lock.lock();
    try {
      lines.add(line);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static Path jar() {
    Path jar = Checkout.root().resolve("server/target/floodmark.jar");
    assertTrue(Files.exists(jar), jar + " is missing: `mvn verify` builds it, `mvn test` does not");
    return jar;
  }

  private static boolean isOurs(String variable) {
    return variable.startsWith("FLOODMARK_");
  }
}
