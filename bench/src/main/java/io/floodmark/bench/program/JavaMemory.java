package io.floodmark.bench.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java process takes in memory, through {@code jcmd} of the JDK that runs us.
 *
 * @param heapBytes used after a full collection
 * @param residentBytes what the kernel has given to the process, heap and all; 0 without {@code
 *     /proc}
 * @param nativeBytes committed outside the heap; 0 if the process does not track it
 */
public record JavaMemory(long heapBytes, long residentBytes, long nativeBytes) {
  /** Lets a process tell its {@link #nativeBytes}. */
  public static final String TRACKING = "-XX:NativeMemoryTracking=summary";

  private static final long KB = 1_024;
  private static final Pattern USED = Pattern.compile("heap\\s+total \\d+K, used (\\d+)K");
  private static final Pattern TOTAL =
      Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
  private static final Pattern HEAP =
      Pattern.compile("Java Heap \\(reserved=\\d+KB, committed=(\\d+)KB");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** Collects twice, for what is only freed by what the first time frees, and looks. */
  public static JavaMemory afterCollection(long pid) throws IOException {
    jcmd(pid, "GC.run");
    jcmd(pid, "GC.run");
    String tracked = jcmd(pid, "VM.native_memory", "summary");
    return new JavaMemory(
        usedHeap(pid), find(RESIDENT, status(pid)), find(TOTAL, tracked) - find(HEAP, tracked));
  }

  /** Heap in use now, garbage and all, in bytes. */
  public static long usedHeap(long pid) throws IOException {
    return find(USED, jcmd(pid, "GC.heap_info"));
  }

  private static String status(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    return Files.isReadable(status) ? Files.readString(status) : "";
  }

  private static long find(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Long.parseLong(found.group(1)) * KB : 0;
  }

  private static String jcmd(long pid, String... words) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid)));
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
