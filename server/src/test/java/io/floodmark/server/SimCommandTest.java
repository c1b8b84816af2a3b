package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimCommandTest {
  private String err = "";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--scenario=rain-storm",
        "--speed=1",
        "--outage-every=0",
        "--outage-length=5",
        "--truth=t.csv",
        "--flat-battery-every=9",
        "--gateway-outage-every=9",
        "--clock-drift=9"
      })
  void aReplayTakesNoFlagOfAScenario(String flag) {
    assertEquals(2, sim("--replay=recorded.csv", "--columns=ts=a", flag));
    assertTrue(err.startsWith(flag.substring(0, flag.indexOf('=')) + " has no effect"), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--columns=ts=a", "--shift=end=now", "--drop-run=1"})
  void aScenarioTakesNoFlagOfAReplay(String flag) {
    assertEquals(2, sim(flag));
    assertTrue(err.startsWith(flag.substring(0, flag.indexOf('=')) + " is for --replay"), err);
  }

  @Test
  void flagsThatGoTogetherAreTaken() {
    // It gets as far as the list of sensors, which is not there.
    assertEquals(1, sim("--scenario=dry", "--speed=2", "--outage-every=60", "--outage-length=5"));
    assertTrue(err.contains("absent.csv"), err);
    assertEquals(1, sim("--scenario=street", "--truth=t.csv", "--drop-percent=2"));
    assertTrue(err.contains("absent.csv"), err);
    assertEquals(
        1, sim("--replay=recorded.csv", "--columns=ts=a", "--drop-run=2", "--drop-percent=2"));
    assertTrue(err.contains("absent.csv"), err);
  }

  private int sim(String... flags) {
    List<String> line = new ArrayList<>(List.of("sim", "--sensors=absent.csv"));
    line.addAll(List.of(flags));
    StringWriter complained = new StringWriter();
    CommandLine commands = SensorCommandTest.commands();
    int code = commands.setErr(new PrintWriter(complained)).execute(line.toArray(String[]::new));
    err = complained.toString();
    return code;
  }
}
