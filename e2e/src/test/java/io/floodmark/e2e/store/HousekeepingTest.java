package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.commit.Timers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class HousekeepingTest extends CommitLineOnEachEngine {
  private final Timers timers = new Timers(database, clock);

  @AfterEach
  void stop() {
    timers.abort();
    // Or the next test's could not lead.
    awaitUnlocked(TIMERS_LOCK);
  }

  @Test
  void rejectedMessagesAreDeletedAfterThirtyDaysAndTheirCountIsKept() throws Exception {
    line.queueRejected(sensor, rejection("old"));
    line.commit();
    now.set(NOON.plusSeconds(60));
    line.queueRejected(sensor, rejection("young"));
    line.commit();
    timers.doWork(NOON.plus(Duration.ofDays(30)).plusSeconds(1));
    assertEquals(
        "young", select("SELECT detail FROM rejected_message WHERE sensor_id = ?", sensor));
    assertEquals("2", select("SELECT messages FROM rejected_tally WHERE sensor_id = ?", sensor));
  }

  @Test
  void alertsClearAlthoughHousekeepingFailsAndItIsTriedAgain() throws Exception {
    timers.doWork(NOON.minus(Duration.ofDays(1)));
    line.queueRejected(sensor, rejection("old"));
    line.send(sensor, depth(250, NOON.minusSeconds(60)), depth(250, NOON));
    now.set(NOON.plusSeconds(1));
    line.send(sensor, depth(0, now.get()));
    Instant later = NOON.plus(Duration.ofDays(31));
    select(
        """
        CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'a trap';
        END $$
        """);
    select("CREATE TRIGGER trap BEFORE DELETE ON rejected_message EXECUTE FUNCTION trap()");
    try {
      timers.doWork(later);
      assertEquals("raised 0 2\ncleared 2 0", eventsOf(sensor));
    } finally {
      select("DROP TRIGGER trap ON rejected_message");
    }
    timers.doWork(later.plusSeconds(59));
    assertEquals("1", count("rejected_message", sensor));
    timers.doWork(later.plusSeconds(60));
    assertEquals("0", count("rejected_message", sensor));
  }
}
