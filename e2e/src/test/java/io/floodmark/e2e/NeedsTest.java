package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.Needs.Need;
import io.floodmark.e2e.Needs.Verdict;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NeedsTest {

  private static final Need BROWSER = new Need("Chromium", "Install it.", true);
  private static final Need DOCKER = new Need("Docker", "Start it.", false);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTestRunsWhereItsNeedIsMet(boolean ci) {
    assertEquals(Verdict.RUN, BROWSER.verdict(true, ci));
    assertEquals(Verdict.RUN, DOCKER.verdict(true, ci));
  }

  @Test
  void aLackSkipsOnADevelopersMachine() {
    assertEquals(Verdict.SKIP, BROWSER.verdict(false, false));
    assertEquals(Verdict.SKIP, DOCKER.verdict(false, false));
  }

  @Test
  void aLackFailsInCiExceptOfDocker() {
    assertEquals(Verdict.FAIL, BROWSER.verdict(false, true));
    assertEquals(Verdict.SKIP, DOCKER.verdict(false, true));
  }

  @Test
  void aLackIsToldInOneLineWithItsRemedy() {
    assertEquals("Chromium not found. Install it.", BROWSER.lack());
  }

  @Test
  void aProgramIsFoundByTheFirstNameThatAFolderHas(@TempDir Path empty, @TempDir Path full)
      throws IOException {
    Path program = executable(full.resolve("chromium-browser"));
    executable(full.resolve("google-chrome"));
    String searchPath = empty + File.pathSeparator + File.pathSeparator + full;
    assertEquals(
        Optional.of(program),
        Needs.program(List.of("chromium", "chromium-browser", "google-chrome"), searchPath));
  }

  @Test
  void aFolderOrAPlainFileIsNoProgram(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("chromium"));
    Files.createFile(folder.resolve("chromium-browser"));
    assertEquals(
        Optional.empty(),
        Needs.program(List.of("chromium", "chromium-browser"), folder.toString()));
  }

  private static Path executable(Path file) throws IOException {
    Files.createFile(file);
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }
}
