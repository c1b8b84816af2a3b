package io.floodmark.bench.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes figures as they were measured, with the machine and the commit, into bench/results. */
public final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Results() {}

  /**
   * Writes a file for this measurement and day, over an earlier one of the same day.
   *
   * @param figures what was measured; the keys are sorted
   */
  public static Path write(String name, InstantSource clock, Map<String, ?> figures)
      throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("measurement", name);
    content.put("at", clock.instant().toString());
    content.put("commit", commit());
    content.put("processors", Runtime.getRuntime().availableProcessors());
    content.put("processor", processor());
    content.put("java", System.getProperty("java.runtime.version"));
    content.putAll(new TreeMap<>(figures));
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Path file = Path.of("bench", "results", day + "-" + name + ".json");
    Files.writeString(file, JSON.writeValueAsString(content) + "\n");
    return file;
  }

  /** The middle one of some figures. */
  public static double median(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String commit() throws IOException {
    String hash = output("git", "rev-parse", "--short=12", "HEAD");
    return output("git", "status", "--porcelain", "--", ":!bench/results").isEmpty()
        ? hash
        : hash + " with changes";
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Arrays.asList(command).contains("status") && text.isBlank()) {
      throw new IOException(String.join(" ", command) + " says nothing.");
    }
    return text.strip();
  }
}
