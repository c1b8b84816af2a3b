package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TaggedWard;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.plates.PrintedPages;
import io.floodmark.schema.Database;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** From the command line over paper to the page: {@code asset labels} beside a running server. */
@ParameterizedClass
@EnumSource
final class LabelsCommandTest {
  private static final int DPI = 150;
  private static final int SECONDS_MAX = 60;

  @Parameter Engine engine;
  @TempDir private Path folder;

  @Test
  void whatTheCommandPrintsIsReadAndLeadsToItsPage() throws Exception {
    try (RunningApi api = RunningApi.start(engine)) {
      TaggedWard ward = new TaggedWard(api.database());
      ward.house();
      ward.tree("old");
      ward.thing("drain", "{}");

      Path pdf = folder.resolve("labels.pdf");
      assertEquals("", labels(api.database(), pdf));

      List<Path> pages = PrintedPages.render(pdf, DPI, folder);
      List<String> read = PrintedPages.read(pages, folder);
      assertEquals(3, new HashSet<>(read).size(), () -> "read: " + read);
      StringBuilder shown = new StringBuilder();
      for (String address : read) {
        var page = api.get(URI.create(address).getPath());
        assertEquals(200, page.statusCode(), address);
        shown.append(page.body());
      }
      assertTrue(shown.indexOf("12/5A") > 0 && shown.indexOf("Phượng vĩ") > 0, shown::toString);
    }
  }

  /** What it said beside its answer. */
  private String labels(Database database, Path pdf) throws Exception {
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.floodmark.server.Main",
                "asset",
                "labels",
                "--all",
                "--out=" + pdf,
                "--public-url=https://q.phuong.vn",
                "--db-url=" + database.url(),
                "--db-user=" + database.user())
            .redirectOutput(folder.resolve("output.txt").toFile())
            .redirectError(errors.toFile());
    command.environment().put("FLOODMARK_DB_PASSWORD", database.password());
    Process process = command.start();
    try {
      assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "asset labels hangs");
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(errors, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}
