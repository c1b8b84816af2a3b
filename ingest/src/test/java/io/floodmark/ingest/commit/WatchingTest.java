package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.alert.DoubtfulHours;
import io.floodmark.alert.FastRise;
import io.floodmark.alert.LowBattery;
import io.floodmark.alert.SensorWatch;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WatchingTest {
  private static final SensorWatch WATCH =
      new SensorWatch(
          true,
          new FastRise(true, NOON),
          new LowBattery(false, 2),
          new DoubtfulHours(false, 0.0312, NOON));

  /** What rows in databases hold; whoever changes it has to read the old form too. */
  private static final String JSON =
      "{\"silent\":true,\"rise\":[true,1784635200000],\"battery\":[false,2],"
          + "\"doubt\":[false,0.0312,1784635200000]}";

  @Test
  void whatIsWatchedIsWrittenInThisForm() {
    assertEquals(JSON, WatchMemory.toJson(WATCH));
  }

  @Test
  void thisFormIsRead() {
    assertEquals(WATCH, WatchMemory.of(JSON));
  }

  @Test
  void aNewRowIsASensorThatWasNeverHeard() {
    assertEquals(SensorWatch.NONE, WatchMemory.of("{}"));
    assertEquals(
        SensorWatch.NONE, WatchMemory.of(WatchMemory.toJson(SensorWatch.NONE)), "also written");
    assertEquals(Instant.MIN, WatchMemory.of("{}").rise().heldAt());
  }
}
