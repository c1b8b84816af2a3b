package io.floodmark.ingest.simulation;

import io.floodmark.ingest.commit.CommitCounters;
import io.floodmark.ingest.commit.CommitLoop;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.SimulatedStore;
import io.floodmark.ingest.commit.SimulatedWriter;
import io.floodmark.ingest.mqtt.FrontDoor;
import io.floodmark.ingest.mqtt.MqttCounters;
import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import io.floodmark.ingest.mqtt.MqttCounters.Refusal;
import io.floodmark.ingest.mqtt.MqttLimits;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Map;
import java.util.Random;

/**
 * The real way in, a healthy database behind it, and connections that say anything. After each of
 * them all must be as before: every close counted, everything settled, no buffer left.
 */
final class FuzzedDoor {
  private static final Map<Integer, String> SENSORS = Map.of(1, ValidBytes.CODE, 2, "b");
  private static final int PAYLOAD_BYTES_MAX = 2_000;
  private static final int QUEUE_COUNT_MAX = 8;
  private static final int QUEUE_BYTES_MAX = 100_000;
  private static final int ROUNDS_MAX = 1_000;

  /** So often the database is emptied, so that what is stored takes no more and more memory. */
  private static final int CONNECTIONS_A_STORE = 500;

  private final SteppingClock clock = new SteppingClock();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private final CommitQueue queue = new CommitQueue(QUEUE_COUNT_MAX, QUEUE_BYTES_MAX);
  private final FrontDoor door =
      new FrontDoor(
          SENSORS,
          MqttLimits.DEFAULT.withPayloadBytesMax(PAYLOAD_BYTES_MAX),
          queue,
          clock,
          allocator);
  private SimulatedStore store;
  private CommitLoop loop;
  private int connections;

  FuzzedDoor() {
    for (String topic : new String[] {"levels/a", "levels/b", "alerts/a", "sensors/a/config"}) {
      door.publish(topic, "{\"of\":\"" + topic + "\"}");
    }
  }

  /** One connection on which that comes in, in pieces. */
  void connect(byte[] bytes, Chance chance) throws InterruptedException {
    if (connections++ % CONNECTIONS_A_STORE == 0) {
      store = new SimulatedStore(SENSORS, new Random(connections));
      loop = store.loop(queue, clock, new SimulatedWriter(), Integer.MAX_VALUE / 2);
    }
    long counted = countedEnds();
    Line line = new Line(door, allocator);
    line.write(bytes);
    for (int round = 0; line.isOpen() && line.underway() > 0; round++) {
      demand(round < ROUNDS_MAX, "The rest is never read.");
      line.deliver(chance.oneIn(3) ? chance.between(1, 64) : bytes.length);
      settle(line);
    }
    settle(line);
    if (!line.isOpen()) {
      long ends = countedEnds() - counted;
      demand(
          ends == 1 || (ends == 0 && mayHaveLeft(bytes)), "Closed, and counted " + ends + " times");
    }
    line.cut();
    settle(line);
    lookAround();
  }

  private void settle(Line line) throws InterruptedException {
    int round = 0;
    do {
      loop.doWork();
      line.run();
    } while (queue.size() > 0 && ++round < ROUNDS_MAX);
    demand(queue.size() == 0, "What was accepted is never settled.");
    while (line.written().isPresent()) {
      // What it is answered is looked at elsewhere; here it has to be released.
    }
    line.strayed().ifPresent(message -> Oracle.fail("Nobody has handled " + message));
  }

  private void lookAround() {
    demand(queue.size() == 0 && queue.sizeBytes() == 0, "The queue is not empty.");
    long bytes = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    demand(bytes == 0, bytes + " bytes of buffers are never released.");
    demand(door.counters().closed(Closing.FAULT) == 0, "A fault of ours.");
    CommitCounters line = store.counters();
    long rejected = 0;
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      rejected += line.rejected(reason);
    }
    demand(
        line.received() == line.committed() + line.duplicates() + rejected,
        "What was received is neither committed nor rejected.");
  }

  private long countedEnds() {
    MqttCounters counters = door.counters();
    long ends = 0;
    for (Closing reason : Closing.values()) {
      ends += counters.closed(reason);
    }
    for (Refusal reason : Refusal.values()) {
      ends += counters.refused(reason);
    }
    return ends;
  }

  /** Whether there is anything that could be a DISCONNECT: who goes by itself is not counted. */
  private static boolean mayHaveLeft(byte[] bytes) {
    for (byte each : bytes) {
      if (each == (byte) 0xe0) {
        return true;
      }
    }
    return false;
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      Oracle.fail(otherwise);
    }
  }
}
