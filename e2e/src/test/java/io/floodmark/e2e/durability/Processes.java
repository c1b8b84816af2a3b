package io.floodmark.e2e.durability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The processes of a Floodmark and its database, to send signals to. */
final class Processes {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(6);
  private static final int SILENT = -1;

  private final KilledServer floodmark;
  private final HttpClient http = HttpClient.newHttpClient();
  private List<ProcessHandle> frozen = List.of();

  Processes(KilledServer floodmark) {
    this.floodmark = floodmark;
  }

  void freezeServer() throws IOException, InterruptedException {
    freeze(List.of(ProcessHandle.of(floodmark.process().pid()).orElseThrow()));
  }

  void thawServer() throws IOException, InterruptedException {
    thaw();
  }

  /** The database and all that work for it; first who would start others meanwhile. */
  void freezeDatabase() throws IOException, InterruptedException {
    freeze(database().stream().limit(1).toList());
    freeze(database());
  }

  void thawDatabase() throws IOException, InterruptedException {
    thaw();
  }

  /**
   * To the postmaster; KILL to all that work for it, too.
   *
   * @param signal KILL, or QUIT: pg_ctl's immediate stop
   */
  void signalDatabase(String signal) throws IOException, InterruptedException {
    List<ProcessHandle> all = database();
    signal(signal, signal.equals("KILL") ? all : all.subList(0, 1));
  }

  /** What {@code /health/ready} says; -1 if it says nothing. */
  int ready() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(floodmark.process().httpAddress() + "/health/ready"))
            .timeout(ANSWERS_WITHIN)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return SILENT;
    }
  }

  /** Ends all of them, however the test left them. */
  void end() throws InterruptedException {
    try {
      thaw();
      floodmark.close();
      // If ours was killed and did not come back, its database is left.
      for (ProcessHandle left : database()) {
        left.destroyForcibly();
      }
    } catch (IOException e) {
      throw new AssertionError("Processes below " + floodmark.dataDir() + " may be left.", e);
    }
  }

  private void freeze(List<ProcessHandle> which) throws IOException, InterruptedException {
    frozen = List.copyOf(which);
    signal("STOP", frozen);
  }

  private void thaw() throws IOException, InterruptedException {
    signal("CONT", frozen);
    frozen = List.of();
  }

  /** The postmaster, then its children; empty while none runs. */
  private List<ProcessHandle> database() throws IOException {
    Path pidFile = floodmark.dataDir().resolve("database").resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> postmaster =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    if (postmaster.filter(this::isOurs).isEmpty()) {
      return List.of();
    }
    List<ProcessHandle> all = new ArrayList<>(List.of(postmaster.get()));
    all.addAll(postmaster.get().descendants().toList());
    return all;
  }

  /** The number in the file may by now be somebody else's. */
  private boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains(floodmark.dataDir().toString()))
        .isPresent();
  }

  private static void signal(String name, List<ProcessHandle> which)
      throws IOException, InterruptedException {
    List<ProcessHandle> living = which.stream().filter(ProcessHandle::isAlive).toList();
    if (living.isEmpty()) {
      return;
    }
    String pids =
        living.stream().map(process -> "" + process.pid()).collect(Collectors.joining(" "));
    // The shell's own kill: a slim machine has no other. A process may be gone by now.
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pids).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS)) {
      throw new IOException("kill hangs");
    }
  }
}
