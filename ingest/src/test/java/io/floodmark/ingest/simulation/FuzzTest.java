package io.floodmark.ingest.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.floodmark.ingest.mqtt.Packets;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Valid bytes, changed in every way that comes to mind: whatever comes in, the listener does not
 * fail, counts why it closes, settles what it takes and keeps no memory.
 *
 * <p>{@code -Dfloodmark.fuzz.inputs=N} tries so many, {@code -Dfloodmark.fuzz.seed=S} those from S
 * on; with one alone it is one input.
 */
@Timeout(value = 1, unit = TimeUnit.DAYS)
final class FuzzTest {
  private static final org.slf4j.Logger log = LoggerFactory.getLogger(FuzzTest.class);

  private static final String SEED = "floodmark.fuzz.seed";
  private static final String INPUTS = "floodmark.fuzz.inputs";
  private static final long FIRST_SEED = 20_261_122;
  private static final int INPUTS_SHORT = 20_000;
  private static final long HEAP_GROWTH_BYTES_MAX = 16L * 1024 * 1024;

  private static final Logger ROOT = (Logger) LoggerFactory.getLogger("io.floodmark");
  private final ListAppender<ILoggingEvent> errors =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            super.append(event);
          }
        }
      };

  /** Makes the bytes of one connection. */
  private interface Maker {
    byte[] make(Chance chance);
  }

  @BeforeEach
  void listen() {
    errors.start();
    ROOT.addAppender(errors);
    ((Logger) log).setLevel(Level.INFO);
  }

  @AfterEach
  void listenNoMore() {
    ROOT.detachAppender(errors);
    ((Logger) log).setLevel(null);
  }

  @Test
  void noPacketsDoHarm() throws InterruptedException {
    tryAll(FuzzTest::packets);
  }

  @Test
  void noPayloadDoesHarm() throws InterruptedException {
    tryAll(FuzzTest::payloads);
  }

  /** A conversation, mostly signed in, with mutated packets, in an order that may be odd. */
  private static byte[] packets(Chance chance) {
    Mutator mutator = new Mutator(chance);
    List<byte[]> packets = new ArrayList<>();
    byte[] connect = chance.oneOf(ValidBytes.connects());
    packets.add(chance.oneIn(8) ? mutator.mutate(connect) : connect);
    for (int i = chance.between(1, 5); i > 0; i--) {
      byte[] valid = chance.oneOf(ValidBytes.packets());
      packets.add(chance.oneIn(2) ? mutator.mutate(valid) : valid);
    }
    if (chance.oneIn(4)) {
      mutator.shuffle(packets);
    }
    byte[] all = Packets.concat(packets.toArray(byte[][]::new));
    return chance.oneIn(16) ? mutator.mutate(all) : all;
  }

  /** Mutated payloads in packets that are as they should be. */
  private static byte[] payloads(Chance chance) {
    Mutator mutator = new Mutator(chance);
    List<byte[]> packets = new ArrayList<>();
    packets.add(ValidBytes.connects().get(0));
    for (int id = chance.between(1, 5); id > 0; id--) {
      byte[] valid = chance.oneOf(ValidBytes.payloads()).getBytes(UTF_8);
      packets.add(ValidBytes.publish(id, mutator.mutate(valid)));
    }
    return Packets.concat(packets.toArray(byte[][]::new));
  }

  private void tryAll(Maker maker) throws InterruptedException {
    boolean one = System.getProperty(SEED) != null && System.getProperty(INPUTS) == null;
    long first = Long.getLong(SEED, FIRST_SEED);
    long count = one ? 1 : Long.getLong(INPUTS, INPUTS_SHORT) / 2;
    log.info("Trying {} inputs from seed {} on.", count, first);
    FuzzedDoor door = new FuzzedDoor();
    long heapBytes = 0;
    for (long i = 0; i < count; i++) {
      tryOne(door, maker, first + i);
      if (i == count / 10) {
        heapBytes = heapBytes();
      }
    }
    long grownBytes = heapBytes() - heapBytes;
    assertTrue(grownBytes < HEAP_GROWTH_BYTES_MAX, "The heap has grown by " + grownBytes);
  }

  private void tryOne(FuzzedDoor door, Maker maker, long seed) throws InterruptedException {
    Chance chance = new Chance(seed);
    byte[] bytes = maker.make(chance);
    try {
      door.connect(bytes, chance);
      assertEquals(List.of(), errors.list);
    } catch (Throwable e) {
      throw new AssertionError(
          "Seed %d fails: %s%nRun it alone by -D%s=%d%nIt sends %s"
              .formatted(seed, e, SEED, seed, HexFormat.of().formatHex(bytes)),
          e);
    }
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
