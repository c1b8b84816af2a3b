package io.floodmark.ingest.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * The deterministic simulation of the way in: whatever breaks, an acknowledged reading is
 * committed, once, and its alerts are those of a world where nothing ever breaks.
 *
 * <p>{@code -Dfloodmark.simulation.seeds=N} runs so many seeds, {@code
 * -Dfloodmark.simulation.seed=S} those from S on; with one alone it is one world.
 */
final class SimulationTest {
  private static final org.slf4j.Logger log = LoggerFactory.getLogger(SimulationTest.class);

  private static final String SEED = "floodmark.simulation.seed";
  private static final String SEEDS = "floodmark.simulation.seeds";
  private static final long FIRST_SEED = 20_261_122;
  private static final int SEEDS_SHORT = 200;
  private static final int STEPS = 200;
  private static final int JOURNAL_LINES = 40;

  /** What the way in logs of the troubles that it is given. */
  private static final Logger TROUBLES = (Logger) LoggerFactory.getLogger("io.floodmark.ingest");

  @BeforeAll
  static void quiet() {
    TROUBLES.setLevel(Level.OFF);
    ((Logger) log).setLevel(Level.INFO);
  }

  @AfterAll
  static void asBefore() {
    TROUBLES.setLevel(null);
    ((Logger) log).setLevel(null);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void whateverBreaksNothingAcknowledgedIsLost() {
    boolean one = System.getProperty(SEED) != null && System.getProperty(SEEDS) == null;
    long first = Long.getLong(SEED, FIRST_SEED);
    long count = one ? 1 : Long.getLong(SEEDS, SEEDS_SHORT);
    log.info("Simulating {} worlds from seed {} on.", count, first);
    long alertChanges = 0;
    long alongside = 0;
    long atOnce = 0;
    long inPart = 0;
    for (long seed = first; seed < first + count; seed++) {
      World world = simulate(seed);
      alertChanges += world.alertChanges();
      alongside += world.writtenAlongside();
      atOnce += world.committedAtOnce();
      inPart += world.committedInPart();
    }
    log.info(
        "In {} worlds alerts changed {} times; {} batches were written beside the next, {} in one"
            + " exchange, and of those {} in part.",
        count,
        alertChanges,
        alongside,
        atOnce,
        inPart);
    assertTrue(
        one || (alertChanges > 0 && alongside > 0 && atOnce > 0 && inPart > 0),
        "Too little happens to prove anything.");
  }

  @Test
  void aSeedComesToTheSameAgain() throws InterruptedException {
    World once = new World(FIRST_SEED);
    once.run(STEPS);
    World again = new World(FIRST_SEED);
    again.run(STEPS);
    assertEquals(once.journal(), again.journal());
  }

  private static World simulate(long seed) {
    World world = new World(seed);
    try {
      world.run(STEPS);
    } catch (Throwable e) {
      List<String> journal = world.journal();
      throw new AssertionError(
          "Seed %d fails: %s%nRun it alone by -D%s=%d%nIts last steps:%n%s"
              .formatted(
                  seed,
                  e.getMessage(),
                  SEED,
                  seed,
                  String.join(
                      System.lineSeparator(),
                      journal.subList(
                          Math.max(0, journal.size() - JOURNAL_LINES), journal.size()))),
          e);
    }
    return world;
  }
}
