package io.floodmark.bench.program;

import io.floodmark.schema.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program itself, as a process of its own, ended when closed. */
public final class ServerUnderTest implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("map at http://[^ ]+:(\\d+)/, sensors at mqtt://[^ ]+:(\\d+)");

  private final Home home;
  private final boolean ownsHome;
  private final Process process;
  private final int port;
  private final int mqttPort;

  private ServerUnderTest(Home home, boolean ownsHome, Process process, int port, int mqttPort) {
    this.home = home;
    this.ownsHome = ownsHome;
    this.process = process;
    this.port = port;
    this.mqttPort = mqttPort;
  }

  /** Starts it in a folder of its own, which goes with it; returns when requests are answered. */
  public static ServerUnderTest start() throws IOException {
    return start(Home.embedded(), true, List.of(), List.of("--webhook-loopback", "true"));
  }

  /**
   * Starts it with default settings, but for its ports; returns when requests are answered.
   *
   * @param home where it keeps everything, which stays
   * @param javaOptions for the machine that it runs in
   */
  public static ServerUnderTest start(Home home, List<String> javaOptions) throws IOException {
    return start(home, false, javaOptions, List.of());
  }

  private static ServerUnderTest start(
      Home home, boolean ownsHome, List<String> javaOptions, List<String> settings)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("serve", "--http-port", "0", "--mqtt-port", "0"));
    words.addAll(settings);
    ProcessBuilder program = program(javaOptions, words, home);
    Process process = Children.start(program.redirectErrorStream(true));
    BufferedReader log = process.inputReader();
    StringBuilder said = new StringBuilder();
    String line = log.readLine();
    while (line != null) {
      said.append('\n').append(line);
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        Thread drain = new Thread(() -> readToTheEnd(log), "server-log");
        drain.setDaemon(true);
        drain.start();
        return new ServerUnderTest(
            home,
            ownsHome,
            process,
            Integer.parseInt(address.group(1)),
            Integer.parseInt(address.group(2)));
      }
      line = log.readLine();
    }
    throw new IOException("The server ended before it listened. It said:" + said);
  }

  /** So that a full pipe never holds up the server. */
  private static void readToTheEnd(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException expected) {
      // The process was ended while its log was being read.
    }
  }

  /** An address on it. */
  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** The first process of the database that it brings. */
  long postmaster() throws IOException {
    Path file = home.dataDir().resolve("database").resolve("postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).get(0).strip());
  }

  /** Where its sensors connect, on loopback. */
  public int mqttPort() {
    return mqttPort;
  }

  /** Its database, for rows that no command makes. */
  public Database database() {
    return home.database();
  }

  /**
   * Runs one of its commands beside it.
   *
   * @return how long it took, with the start of Java, in seconds
   */
  public double command(List<String> words) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process command = Children.start(program(List.of(), words, home).inheritIO());
    if (!command.waitFor(10, TimeUnit.MINUTES) || command.exitValue() != 0) {
      command.destroyForcibly();
      throw new IOException("The command failed: " + words);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Where files of a measurement go; it is deleted with the rest. */
  public Path folder() {
    return home.folder();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    if (ownsHome) {
      try {
        home.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static ProcessBuilder program(List<String> javaOptions, List<String> words, Home home) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(javaOptions);
    line.add("-jar");
    line.add("server/target/floodmark.jar");
    line.addAll(words);
    line.add("--data-dir");
    line.add(home.dataDir().toString());
    ProcessBuilder program = new ProcessBuilder(line);
    home.elsewhere()
        .ifPresent(
            database -> {
              // Its address names who we are.
              program.environment().put("FLOODMARK_DB_URL", database.url());
            });
    return program;
  }
}
