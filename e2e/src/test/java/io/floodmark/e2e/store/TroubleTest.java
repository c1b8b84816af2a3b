package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.CommitLoop.Progress;
import io.floodmark.ingest.commit.Rejection.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the commit line does while others write, and while things break. */
@ParameterizedClass
@EnumSource(Engine.class)
final class TroubleTest extends CommitLineOnEachEngine {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void twoLoopsOnOneSensorLoseNothingAndRaiseOnce() throws Exception {
    Line other = new Line(database, clock);
    List<Future<?>> turning = new ArrayList<>();
    turning.add(threads.submit(line.loop()));
    turning.add(threads.submit(other.loop()));
    int messages = 300;
    for (int i = 1; i <= messages; i++) {
      line.queue(sensor, depthWithoutTime(250, i));
      other.queue(sensor, depth(250, NOON.minusMillis(i)));
      if (i % 10 == 0) {
        // Small batches, so that they meet often; and both at rest, so that they meet at all: one
        // of them begins again with a state that the other has written since.
        assertTrue(line.queue().awaitEmpty(30_000));
        assertTrue(other.queue().awaitEmpty(30_000));
      }
    }
    assertTrue(other.queue().awaitEmpty(30_000));
    line.loop().stop();
    other.loop().stop();
    for (Future<?> loop : turning) {
      loop.get(30, TimeUnit.SECONDS);
    }
    assertEquals(Integer.toString(2 * messages), count("reading", sensor));
    assertEquals("raised 0 2", eventsOf(sensor));
    assertEquals(messages, line.settled());
    assertEquals(messages, other.settled());
    assertTrue(
        line.counters().versionConflicts() + other.counters().versionConflicts() > 0,
        "They should have met.");
  }

  @Test
  void theLoopJudgesByWhatStaffChangedSinceItRead() throws Exception {
    line.send(sensor, depth(150, NOON.minusSeconds(60)));
    select("UPDATE sensor SET attention_mm = 10, low_point_delta_mm = 400 WHERE id = ?", sensor);
    line.send(sensor, depth(160, NOON));
    assertEquals(1, line.counters().versionConflicts());
    assertEquals(
        "560 4",
        select("SELECT low_point_depth_mm, level FROM sensor_state WHERE sensor_id = ?", sensor));
    // The first reading was judged by the old rules: it met the lowest level, and no other.
    assertEquals("raised 0 1", eventsOf(sensor));
  }

  @Test
  void aReadingThatWaitedForStaffIsJudgedByWhatTheyChanged() throws Exception {
    // Sent again and without a time, so that its sensor is locked before it is judged.
    line.queueAgain(sensor, depthWithoutTime(160, 1));
    try (Connection staff = database.connect();
        Statement change = staff.createStatement()) {
      staff.setAutoCommit(false);
      change.execute("UPDATE sensor SET low_point_delta_mm = 400 WHERE id = " + sensor);
      Future<Progress> turn = threads.submit(line.loop()::doWork);
      awaitBlockedBackend();
      staff.commit();
      assertEquals(Progress.COMMITTED, turn.get(30, TimeUnit.SECONDS));
    }
    assertEquals(
        "560", select("SELECT low_point_depth_mm FROM sensor_state WHERE sensor_id = ?", sensor));
  }

  @Test
  void aBackendThatIsKilledInMidTransactionCostsNothing() throws Exception {
    line.send(sensor, depth(250, NOON.minusSeconds(60)));
    line.queue(sensor, depth(250, NOON), depthWithoutTime(250, 1));
    Progress progress;
    try (Connection holder = database.connect();
        Statement hold = holder.createStatement()) {
      holder.setAutoCommit(false);
      hold.execute("SELECT FROM sensor_state WHERE sensor_id = " + sensor + " FOR UPDATE");
      Future<Progress> turn = threads.submit(line.loop()::doWork);
      String pid = awaitBlockedBackend();
      assertEquals("t", select("SELECT pg_terminate_backend(?::int)", pid));
      progress = turn.get(30, TimeUnit.SECONDS);
      holder.rollback();
    }
    assertEquals(Progress.KEPT, progress);
    assertEquals(1, line.settled());
    assertEquals("1", count("reading", sensor));
    line.commit();
    assertEquals(2, line.settled());
    assertEquals("3", count("reading", sensor));
    assertEquals("raised 0 2", eventsOf(sensor));
  }

  @Test
  void aCommitWhoseAnswerIsLostIsKnownAgain() throws Exception {
    try (Wire wire = new Wire(database)) {
      Line far = new Line(wire.farEnd(), clock);
      line.send(sensor, depth(250, NOON.minusSeconds(60)));
      far.queue(sensor, depth(250, NOON));
      far.queue(sensor, depthWithoutTime(260, 7), depthWithoutTime(260, 8));
      wire.loseCommitAnswers();
      assertEquals(Progress.KEPT, far.loop().doWork());
      assertEquals(0, far.settled(), "Whether it was committed is unknown.");
      assertEquals("4", count("reading", sensor), "It was.");
      wire.mend();
      far.commit();
      far.loop().abort();
      assertEquals(2, far.settled());
      assertEquals("4", count("reading", sensor));
      assertEquals(3, far.counters().duplicates());
      assertEquals("raised 0 2", eventsOf(sensor));
    }
  }

  @Test
  void aSmallBatchWhoseOneAnswerIsLostIsStoredOnce() throws Exception {
    int next = register("distance");
    try (Wire wire = new Wire(database)) {
      Line far = new Line(wire.farEnd(), clock);
      far.send(sensor, depth(10, NOON.minusSeconds(60)));
      far.send(next, depth(10, NOON.minusSeconds(60)));
      far.queue(sensor, depth(10, NOON));
      far.queue(next, depth(10, NOON));
      wire.loseCommitAnswers();
      assertEquals(Progress.KEPT, far.loop().doWork());
      assertEquals(2, far.settled(), "Whether the others were committed is unknown.");
      assertEquals("2", count("reading", next), "They were.");
      wire.mend();
      far.commit();
      far.loop().abort();
      assertEquals(4, far.settled());
      assertEquals("2", count("reading", sensor));
      assertEquals("2", count("reading", next));
      assertEquals(2, far.counters().duplicates());
    }
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsSettledAndNothingLost() throws Exception {
    try (Wire wire = new Wire(database)) {
      Line far = new Line(wire.farEnd(), clock);
      far.send(sensor, depthWithoutTime(250, 1));
      wire.cut();
      far.queue(sensor, depthWithoutTime(250, 2));
      for (int turn = 0; turn < 3; turn++) {
        assertEquals(Progress.KEPT, far.loop().doWork());
        far.queue(sensor, depthWithoutTime(250, 3 + turn));
      }
      assertEquals(1, far.settled());
      assertEquals(4, far.queue().size());
      wire.mend();
      far.commit();
      far.loop().abort();
      assertEquals(5, far.settled());
      assertEquals("5", count("reading", sensor));
      assertEquals("raised 0 2", eventsOf(sensor));
    }
  }

  @Test
  void whatTheDatabaseRefusesAsDataIsRejectedAndItsNeighboursAreStored() throws Exception {
    int other = register("distance");
    try (Trap trap = new Trap("NEW.depth_mm = 666", "22003")) {
      line.queue(other, depth(20, NOON));
      line.queue(
          sensor,
          depth(20, NOON.minusSeconds(2)),
          depth(666, NOON.minusSeconds(1)),
          depth(20, NOON));
      line.queue(other, depth(20, NOON.plusSeconds(1)));
      line.commit();
      assertTrue(trap.sprung());
    }
    assertEquals(3, line.settled());
    assertEquals("2", count("reading", sensor));
    assertEquals("2", count("reading", other));
    String detail = select("SELECT detail FROM rejected_message WHERE sensor_id = ?", sensor);
    assertTrue(detail.startsWith("The database refuses it: ERROR: a trap"), detail);
    assertEquals(1, line.counters().rejected(Reason.RANGE));
    assertEquals(5, line.counters().received());
    assertEquals(4, line.counters().committed());
  }

  @Test
  void whatTheDatabaseRefusesElsewhereIsNoFaultOfTheReading() throws Exception {
    int other = register("distance");
    line.queue(other, depth(20, NOON));
    line.queue(sensor, depth(666, NOON));
    try (Trap trap = new Trap("sensor_state", "NEW.depth_mm = 666", "22003")) {
      assertEquals(Progress.KEPT, line.loop().doWork());
      assertTrue(trap.sprung());
    }
    assertEquals(1, line.settled());
    assertEquals(0, line.counters().rejected(Reason.RANGE));
    now.set(NOON.plus(Duration.ofSeconds(11)));
    line.loop().doWork();
    assertEquals(2, line.settled());
    assertEquals("1", count("reading", sensor));
  }

  @Test
  void aMessageThatFailsByABugIsKeptAndHoldsNobodyUp() throws Exception {
    int other = register("distance");
    line.queue(other, depth(20, NOON));
    line.queue(sensor, depth(666, NOON));
    line.queue(other, depth(20, NOON.plusSeconds(1)));
    try (Trap trap = new Trap("NEW.depth_mm = 666", "XX000")) {
      line.loop().doWork();
      assertEquals("2", count("reading", other));
      assertEquals(2, line.settled());
      line.queue(other, depth(20, NOON.plusSeconds(2)));
      assertEquals(Progress.COMMITTED, line.loop().doWork());
      assertEquals(3, line.settled());
      assertTrue(trap.sprung());
    }
    assertEquals("0", count("reading", sensor));
    now.set(NOON.plus(Duration.ofSeconds(11)));
    line.loop().doWork();
    assertEquals("1", count("reading", sensor));
    assertEquals(4, line.settled());
  }

  @Test
  void aDatabaseThatRefusesEverythingIsWaitedFor() throws Exception {
    for (int i = 0; i < 20; i++) {
      line.queue(sensor, depth(20, NOON.plusSeconds(i)));
    }
    try (Trap trap = new Trap("true", "XX000")) {
      assertEquals(Progress.KEPT, line.loop().doWork());
      assertEquals(Progress.KEPT, line.loop().doWork());
      assertTrue(trap.sprung());
    }
    assertEquals(0, line.settled());
    // All at once, in their order: none of them was put aside for later.
    assertEquals(Progress.COMMITTED, line.loop().doWork());
    assertEquals(20, line.settled());
    assertEquals("20", count("reading", sensor));
  }

  @Test
  void severalMessagesInARowThatFailByABugHoldTheOthersUpForAWhileOnly() throws Exception {
    int other = register("distance");
    for (int i = 0; i < 3; i++) {
      line.queue(sensor, depth(666, NOON.plusSeconds(i)));
    }
    line.queue(other, depth(20, NOON));
    try (Trap trap = new Trap("NEW.depth_mm = 666", "XX000")) {
      int turns = 0;
      while (line.settled() == 0 && turns < 15) {
        line.loop().doWork();
        turns++;
      }
      assertTrue(trap.sprung());
    }
    assertEquals(1, line.settled());
    assertEquals("1", count("reading", other));
  }

  @Test
  void aMessageThatItselfMakesTheDatabaseTimeOutHoldsNobodyUp() throws Exception {
    int other = register("distance");
    line.queue(other, depth(20, NOON));
    line.queue(sensor, depth(666, NOON));
    line.queue(other, depth(20, NOON.plusSeconds(1)));
    try (Trap trap = new Trap("NEW.depth_mm = 666", "57014")) {
      assertEquals(Progress.KEPT, line.loop().doWork());
      assertEquals(Progress.KEPT, line.loop().doWork());
      assertEquals(0, line.settled());
      line.loop().doWork();
      assertEquals(2, line.settled());
      line.queue(other, depth(20, NOON.plusSeconds(2)));
      assertEquals(Progress.COMMITTED, line.loop().doWork());
      assertTrue(trap.sprung());
    }
    assertEquals("3", count("reading", other));
    assertEquals("0", count("reading", sensor));
    now.set(NOON.plus(Duration.ofSeconds(11)));
    line.loop().doWork();
    assertEquals("1", count("reading", sensor));
    assertEquals(4, line.settled());
  }

  private String awaitBlockedBackend() throws SQLException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < until) {
      String pid =
          select(
              """
              SELECT pid FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock'
                AND query LIKE '%sensor_state%'
              """);
      if (!pid.isEmpty()) {
        return pid;
      }
    }
    throw new AssertionError("No backend waits for the lock.");
  }

  /** Makes rows fail on their way into a table. */
  private final class Trap implements AutoCloseable {
    private final String table;

    Trap(String condition, String sqlState) throws SQLException {
      this("reading", condition, sqlState);
    }

    Trap(String table, String condition, String sqlState) throws SQLException {
      this.table = table;
      select(
          """
          CREATE OR REPLACE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF %s THEN
              RAISE EXCEPTION 'a trap' USING ERRCODE = '%s';
            END IF;
            RETURN NEW;
          END $$
          """
              .formatted(condition, sqlState));
      select(
          "CREATE TRIGGER trap BEFORE INSERT OR UPDATE ON "
              + table
              + " FOR EACH ROW EXECUTE FUNCTION trap()");
    }

    boolean sprung() {
      return line.counters().retries() > 0;
    }

    @Override
    public void close() throws SQLException {
      select("DROP TRIGGER trap ON " + table);
    }
  }
}
