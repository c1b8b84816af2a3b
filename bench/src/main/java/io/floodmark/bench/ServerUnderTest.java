package io.floodmark.bench;

import io.floodmark.schema.Database;
import io.floodmark.server.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program itself, as a process of its own with a folder of its own. Both go when closed. */
final class ServerUnderTest implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("map at http://[^ ]+:(\\d+)/, sensors at mqtt://[^ ]+:(\\d+)");

  private final Path folder;
  private final Process process;
  private final int port;
  private final int mqttPort;

  private ServerUnderTest(Path folder, Process process, int port, int mqttPort) {
    this.folder = folder;
    this.process = process;
    this.port = port;
    this.mqttPort = mqttPort;
  }

  /** Starts it; returns when requests are answered. */
  static ServerUnderTest start() throws IOException {
    Path folder = Files.createTempDirectory("floodmark-bench");
    Process process =
        program(
                List.of(
                    "serve", "--http-port", "0", "--mqtt-port", "0", "--webhook-loopback", "true"),
                folder)
            .redirectErrorStream(true)
            .start();
    BufferedReader log = process.inputReader();
    String line = log.readLine();
    while (line != null) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        Thread drain = new Thread(() -> readToTheEnd(log), "server-log");
        drain.setDaemon(true);
        drain.start();
        return new ServerUnderTest(
            folder,
            process,
            Integer.parseInt(address.group(1)),
            Integer.parseInt(address.group(2)));
      }
      line = log.readLine();
    }
    throw new IOException("The server ended before it listened; start it by hand to see why.");
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
  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Where its sensors connect, on loopback. */
  int mqttPort() {
    return mqttPort;
  }

  /** Its database, for rows that no command makes. */
  Database database() {
    return EmbeddedPostgres.findRunning(dataDir(folder)).orElseThrow();
  }

  /**
   * Runs one of its commands beside it.
   *
   * @return how long it took, with the start of Java, in seconds
   */
  double command(List<String> words) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process command = program(words, folder).inheritIO().start();
    if (!command.waitFor(10, TimeUnit.MINUTES) || command.exitValue() != 0) {
      command.destroyForcibly();
      throw new IOException("The command failed: " + words);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Where files of a measurement go; it is deleted with the rest. */
  Path folder() {
    return folder;
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
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder program(List<String> words, Path folder) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-jar");
    line.add("server/target/floodmark.jar");
    line.addAll(words);
    line.add("--data-dir");
    line.add(dataDir(folder).toString());
    return new ProcessBuilder(line);
  }

  private static Path dataDir(Path folder) {
    return folder.resolve("floodmark-data");
  }
}
