package io.floodmark.e2e.plates;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What others' programs make of our PDF. */
public final class PrintedPages {
  private static final int SECONDS_MAX = 60;
  private static final int READ_ALL = 0;
  private static final int READ_NOTHING_IN_SOME = 4;

  private PrintedPages() {}

  /** Renders every page by {@code pdftoppm}, in grey, and gives the pictures in page order. */
  public static List<Path> render(Path pdf, int dpi, Path folder) throws Exception {
    Path pages = Files.createDirectory(folder.resolve("pages-" + dpi + "-dpi"));
    run(
        folder,
        Set.of(0),
        List.of(
            Needs.pdftoppm().toString(),
            "-gray",
            "-r",
            String.valueOf(dpi),
            pdf.toString(),
            pages.resolve("page").toString()));
    try (Stream<Path> files = Files.list(pages)) {
      return files.sorted().toList();
    }
  }

  /** What {@code zbarimg} reads in pictures, all of them by one process: a text for each symbol. */
  public static List<String> read(List<Path> pictures, Path folder) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Needs.zbarimg().toString());
    command.addAll(List.of("--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"));
    pictures.forEach(picture -> command.add(picture.toString()));
    return run(folder, Set.of(READ_ALL, READ_NOTHING_IN_SOME), command).lines().toList();
  }

  private static String run(Path folder, Set<Integer> expected, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), () -> command.get(0) + " hangs");
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(errors, StandardCharsets.UTF_8);
    assertTrue(
        expected.contains(process.exitValue()),
        () -> command.get(0) + " ended with " + process.exitValue() + ": " + said);
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
