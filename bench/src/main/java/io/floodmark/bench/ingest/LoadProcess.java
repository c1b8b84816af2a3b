package io.floodmark.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.bench.load.LoadEvent;
import io.floodmark.bench.load.LoadPlan;
import io.floodmark.bench.load.LoadResult;
import io.floodmark.bench.program.Children;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A generator in a process of its own. Not thread-safe. */
final class LoadProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader says;

  private LoadProcess(Process process) {
    this.process = process;
    this.says = process.inputReader();
  }

  static LoadProcess start(LoadPlan plan) throws IOException {
    return start(plan, List.of());
  }

  /** One that connects and is silent until it is told to go on; then it connects again. */
  static LoadProcess idle(LoadPlan plan) throws IOException {
    return start(plan, List.of("--idle"));
  }

  /** One that rests between any two seconds that count, each time until it is told to go on. */
  static LoadProcess resting(LoadPlan plan) throws IOException {
    return start(plan, List.of("--rests"));
  }

  private static LoadProcess start(LoadPlan plan, List<String> options) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // One thread works, so one collects.
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.floodmark.bench.Bench",
                "generate",
                JSON.writeValueAsString(plan)));
    line.addAll(options);
    return new LoadProcess(
        Children.start(new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT)));
  }

  /** Runs a plan from its beginning to its end. */
  static LoadResult run(LoadPlan plan) throws IOException {
    return run(plan, () -> {}, () -> {});
  }

  /**
   * Runs a plan from its beginning to its end.
   *
   * @param begin called when the seconds that count begin
   * @param end called when they are over
   */
  static LoadResult run(LoadPlan plan, Runnable begin, Runnable end) throws IOException {
    try (LoadProcess load = start(plan)) {
      load.await(LoadEvent.COUNTING);
      begin.run();
      load.await(LoadEvent.COUNTED);
      end.run();
      return load.result();
    }
  }

  /** Waits until it says that, over whatever else it says, and returns what comes with it. */
  JsonNode await(LoadEvent event) throws IOException {
    String line = says.readLine();
    while (line != null) {
      JsonNode said = JSON.readTree(line);
      if (said.has(event.name())) {
        return said.get(event.name());
      }
      line = says.readLine();
    }
    throw new IOException("The generator ended before its time; its error stands above.");
  }

  /** Waits for its end. */
  LoadResult result() throws IOException {
    return JSON.treeToValue(await(LoadEvent.RESULT), LoadResult.class);
  }

  /** Lets it go on, where it waits for that. */
  void goOn() throws IOException {
    process.outputWriter().newLine();
    process.outputWriter().flush();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
