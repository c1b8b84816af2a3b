package io.floodmark.bench.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who has used the processors, from {@code /proc}: the threads of a Java program by name, and
 * processes as wholes. Empty where there is no {@code /proc}. Immutable.
 */
public final class ProcessorTime {
  /** Linux tells times in hundredths of a second, whatever its kernel was built with. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  /** Of what follows the name in {@code stat}: user time, system time. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  private final Map<String, Double> secondsByName;

  private ProcessorTime(Map<String, Double> secondsByName) {
    this.secondsByName = secondsByName;
  }

  /** What the threads of these processes have used so far, and every PostgreSQL on the machine. */
  public static ProcessorTime now(long pid) {
    Map<String, Double> seconds = new HashMap<>();
    try {
      if (Files.isDirectory(PROC)) {
        for (Path task : list(PROC.resolve(pid + "/task"))) {
          add(seconds, task.resolve("stat"), "");
        }
        for (Path process : list(PROC)) {
          if (process.getFileName().toString().matches("\\d+")
              && read(process.resolve("comm")).startsWith("postgres")) {
            add(seconds, process.resolve("stat"), postgres(read(process.resolve("cmdline"))));
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("The processes' times cannot be read.", e);
    }
    return new ProcessorTime(seconds);
  }

  /**
   * Seconds used since, by who used them, the busiest first; threads of a pool are added up. What
   * took less than a hundredth of the time of one processor is left out.
   */
  public Map<String, Double> since(ProcessorTime earlier, double seconds) {
    Map<String, Double> used = new TreeMap<>();
    secondsByName.forEach(
        (name, now) ->
            used.merge(
                name.replaceAll("[-# ]*\\d+(-\\d+)*$", ""),
                (now - earlier.secondsByName.getOrDefault(name, 0.0)) / seconds,
                Double::sum));
    Map<String, Double> busiest = new LinkedHashMap<>();
    used.entrySet().stream()
        .filter(entry -> entry.getValue() >= 0.01)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> busiest.put(entry.getKey(), Math.round(entry.getValue() * 1e3) / 1e3));
    return busiest;
  }

  /** What a process of PostgreSQL calls itself: one for a client names its address. */
  private static String postgres(String commandLine) {
    String title = commandLine.replace('\0', ' ').strip();
    if (!title.startsWith("postgres: ")) {
      return "postgres";
    }
    return title.contains("(")
        ? "postgres: client"
        : title.replaceAll("launcher|worker.*", "").strip();
  }

  private static void add(Map<String, Double> seconds, Path stat, String name) throws IOException {
    String text = read(stat);
    int end = text.lastIndexOf(')');
    if (end < 0) {
      return; // it ended while we looked
    }
    String[] fields = text.substring(end + 2).split(" ", -1);
    double ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    String who = name.isEmpty() ? text.substring(text.indexOf('(') + 1, end) : name;
    seconds.merge(who, ticks / TICKS_PER_SECOND, Double::sum);
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
