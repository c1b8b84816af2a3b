package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadinessChecksTest {
  private boolean alive = true;
  private long waiting;
  private long batches;
  private long nanos;

  private final ReadinessChecks.CommitLine line =
      new ReadinessChecks.CommitLine(() -> alive, () -> waiting, () -> batches, () -> nanos);

  @Test
  void aLineThatHasNothingToDoIsReadyHoweverLong() {
    assertTrue(line.look().good());
    nanos += TimeUnit.HOURS.toNanos(1);
    assertTrue(line.look().good());
  }

  @Test
  void aLineOnWhichMessagesWaitAndNoneIsCommittedIsNotReadyUntilOneIs() {
    waiting = 5;
    assertTrue(line.look().good());
    nanos += TimeUnit.SECONDS.toNanos(14);
    assertTrue(line.look().good());
    nanos += TimeUnit.SECONDS.toNanos(2);
    assertEquals("5 messages wait, and none was committed for 16 s.", line.look().detail());
    assertFalse(line.look().good());
    batches++;
    assertTrue(line.look().good());
  }

  @Test
  void aLineThatIsBusyAllTheTimeIsReady() {
    for (int second = 0; second < 60; second++) {
      waiting = 1_000;
      batches++;
      nanos += TimeUnit.SECONDS.toNanos(1);
      assertTrue(line.look().good());
    }
  }

  @Test
  void aThreadThatDiedIsNotReady() {
    alive = false;
    assertFalse(line.look().good());
  }

  @Test
  void aDiskWithoutRoomIsNotReady(@TempDir Path folder) {
    assertTrue(ReadinessChecks.disk(folder, 1).good());
    assertFalse(ReadinessChecks.disk(folder, Long.MAX_VALUE >> 20).good());
    assertFalse(ReadinessChecks.disk(folder.resolve("gone"), 1).good());
  }
}
