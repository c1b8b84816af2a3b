package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static io.floodmark.ingest.commit.Readings.SENSOR_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.floodmark.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class CommitLoopTest {
  /** So rarely does anything fail that only what has a bug does. */
  private static final double ONLY_BUGS = Double.MIN_VALUE;

  private static final int MARK = 17;
  private static final int BATCH_MAX = 2;
  private static final Duration RETRY = Duration.ofSeconds(11);
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(CommitLoop.class);

  private final SimulatedStore store =
      new SimulatedStore(Map.of(SENSOR_ID, "bvd-03"), new Random(4669));
  private final CommitQueue queue = new CommitQueue(100, 100_000);
  private Instant now = NOON;
  private final SimulatedWriter writer = new SimulatedWriter();
  private final CommitLoop loop = store.loop(queue, () -> now, writer, BATCH_MAX);
  private int settled;

  @BeforeEach
  void quiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterEach
  void asBefore() {
    LOGGER.setLevel(null);
  }

  @Test
  void whatFailsByABugIsTriedAgainAfterAWhile() throws InterruptedException {
    store.failing(ONLY_BUGS);
    add(false, untimed(SimulatedStore.BUG_DBM));
    loop.doWork();
    store.heal();
    loop.doWork();
    assertEquals(0, store.committed(MARK));
    now = now.plus(RETRY);
    loop.doWork();
    assertEquals(1, store.committed(MARK));
    assertEquals(1, settled);
  }

  @Test
  void whatFailsByABugIsTriedAgainThoughTheClockWasSetBack() throws InterruptedException {
    store.failing(ONLY_BUGS);
    add(false, untimed(SimulatedStore.BUG_DBM));
    loop.doWork();
    store.heal();
    now = now.minus(Duration.ofDays(30));
    loop.doWork();
    assertEquals(1, store.committed(MARK));
  }

  @Test
  void whatItsOwnRepetitionHasOvertakenIsStoredOnce() throws InterruptedException {
    store.failing(ONLY_BUGS);
    add(false, untimed(SimulatedStore.BUG_DBM));
    loop.doWork();
    store.heal();
    now = now.plusSeconds(5);
    add(true, untimed(SimulatedStore.BUG_DBM));
    loop.doWork();
    now = now.plus(RETRY);
    loop.doWork();
    assertEquals(1, store.committed(MARK));
    assertEquals(2, settled);
  }

  @Test
  void aRepetitionIsKnownByItsNumberThoughTheClockWasSetBackByDays() throws InterruptedException {
    add(false, untimed(-70));
    loop.doWork();
    now = now.minus(Duration.ofDays(30));
    add(true, untimed(-70));
    loop.doWork();
    assertEquals(1, store.committed(MARK));
  }

  @Test
  void aRepetitionIsKnownByItsNumberThoughTheClockWasSetForwardByDaysBehindIt()
      throws InterruptedException {
    add(false, untimed(-70));
    loop.doWork();
    add(true, untimed(-70));
    now = now.plus(Duration.ofDays(30));
    add(false, Readings.depth(0, now));
    loop.doWork();
    assertEquals(1, store.committed(MARK));
    assertEquals(3, settled);
  }

  @Test
  void theNextBatchIsEvaluatedWhileOneIsWritten() throws InterruptedException {
    for (int i = 0; i < 3 * BATCH_MAX; i++) {
      add(false, Readings.depth(0, now.plusMillis(i)));
    }
    loop.doWork();
    loop.doWork();
    assertTrue(writer.isAtWork());
    assertEquals(BATCH_MAX, settled);
    loop.doWork();
    writer.await();
    assertEquals(3 * BATCH_MAX, settled);
    assertEquals(0, queue.size());
  }

  @Test
  void whatWasEvaluatedBesideABatchThatFailsIsEvaluatedAgain() throws InterruptedException {
    for (int i = 0; i < 2 * BATCH_MAX; i++) {
      add(false, Readings.depth(0, now.plusMillis(i)));
    }
    loop.doWork();
    for (int i = 0; i < 2 * BATCH_MAX; i++) {
      add(false, Readings.depth(400, now.plusSeconds(60 + i)));
    }
    loop.doWork();
    assertTrue(writer.isAtWork());
    store.away(true);
    assertEquals(CommitLoop.Progress.KEPT, loop.doWork());
    assertEquals(BATCH_MAX, settled);
    store.heal();
    for (int turn = 0; turn < 6; turn++) {
      loop.doWork();
      writer.await();
    }
    assertEquals(4 * BATCH_MAX, settled);
    assertEquals(Optional.empty(), store.differenceFromUndisturbed());
  }

  @Test
  void ofWhatWasSentAndIsStoredInNoPartItIsSaidWhy() throws InterruptedException {
    Reading stored = Readings.depth(100, now);
    Reading other = Readings.depth(200, now);
    Reading unfit = Readings.depth(100, Instant.ofEpochMilli(Fit.TS_MILLIS_BELOW));
    assertEquals(List.of("committed"), told(stored));
    assertEquals(List.of("committed"), told(stored), "it was stored before");
    assertEquals(List.of("CONFLICT", "committed"), told(other));
    assertEquals(List.of("RANGE", "committed"), told(unfit, other));
    assertEquals(List.of("committed"), told(other, Readings.depth(300, now.plusSeconds(1))));
  }

  private List<String> told(Reading... readings) throws InterruptedException {
    List<String> told = new ArrayList<>();
    Submission.Settlement settlement =
        new Submission.Settlement() {
          @Override
          public void rejected(Rejection why) {
            told.add(why.reason().name());
          }

          @Override
          public void committed() {
            told.add("committed");
          }
        };
    queue.add(Readings.submission(now, false, settlement, readings));
    loop.doWork();
    writer.await();
    return told;
  }

  private void add(boolean repeated, Reading reading) {
    queue.add(Readings.submission(now, repeated, () -> settled++, reading));
  }

  private static Reading untimed(int rssiDbm) {
    return new Reading(
        OptionalLong.empty(),
        OptionalInt.of(Readings.MOUNT_HEIGHT_MM),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalInt.of(MARK),
        OptionalInt.of(rssiDbm),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.of(MARK));
  }
}
