package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private static final Path MANUAL = Path.of("../docs/operations.md");
  private static final Path UNIT = Path.of("../packaging/floodmark.service");

  @Test
  void itIsMorePatientThanTheStopOfTheDatabase() {
    assertTrue(StopSignal.PATIENCE.compareTo(PostgresCluster.STOPS_WITHIN.plusSeconds(30)) > 0);
  }

  @Test
  void theUnitIsMorePatientThanWeAreAndTheManualSaysHowPatientThatIs() throws IOException {
    String manual = Files.readString(MANUAL);
    Matcher unit = Pattern.compile("TimeoutStopSec=(\\d+)").matcher(Files.readString(UNIT));
    assertTrue(unit.find());
    assertTrue(Long.parseLong(unit.group(1)) > StopSignal.PATIENCE.toSeconds());
    assertTrue(manual.contains("after " + StopSignal.PATIENCE.toSeconds() + " s in all"));
  }
}
