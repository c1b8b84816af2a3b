package io.floodmark.ingest.simulation;

import io.floodmark.ingest.commit.CommitCounters;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.SimulatedStore;
import io.floodmark.ingest.mqtt.MqttCounters;
import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Knows what must hold after every step, whatever happens to the world. */
final class Oracle {
  /** How long a repetition without a time is known by its number, less a margin. */
  private static final Duration KNOWN_BY_NUMBER = Duration.ofHours(47);

  // Who finds the queue full has put in one message by then, and a will for each sensor may wait.
  private static final int MESSAGES_BEYOND_EACH = 2;
  private static final int BYTES_BEYOND_EACH = 8_192;

  private final SimulatedStore store;
  private final CommitQueue queue;
  private final MqttCounters counters;

  /** Most lines at a time: what one put in may still be there when it is gone. */
  private int linesMost;

  Oracle(SimulatedStore store, CommitQueue queue, MqttCounters counters) {
    this.store = store;
    this.queue = queue;
    this.counters = counters;
  }

  /** The listener has written a packet: an acknowledgement must be the next one, and true. */
  void written(Line line, byte[] packet) {
    if (Packet.type(packet) != Packet.PUBACK) {
      return;
    }
    int packetId = Packet.acknowledgedId(packet);
    Optional<Line.Sent> next = line.acknowledge();
    demand(
        next.isPresent() && next.get().packetId() == packetId,
        "Acknowledged is packet " + packetId + ", though the next is " + next + ".");
    demand(
        next.get().message().isSettled(store),
        "Acknowledged is what is not committed: " + next.get().message());
  }

  /** After every step. */
  void look(List<Line> lines) {
    linesMost = Math.max(linesMost, lines.size());
    int most = queue.countMax() + MESSAGES_BEYOND_EACH * linesMost;
    demand(queue.size() <= most, queue.size() + " in a queue for " + queue.countMax());
    long mostBytes = queue.bytesMax() + (long) BYTES_BEYOND_EACH * linesMost;
    demand(
        queue.sizeBytes() <= mostBytes,
        queue.sizeBytes() + " bytes in a queue for " + queue.bytesMax());
    store.differenceFromUndisturbed().ifPresent(Oracle::fail);
    for (Line line : lines) {
      line.strayed().ifPresent(message -> fail("Nobody has handled " + message));
    }
    for (Closing reason :
        List.of(
            Closing.FAULT, Closing.MALFORMED, Closing.RECEIVE_MAXIMUM, Closing.NOT_AUTHORIZED)) {
      demand(counters.closed(reason) == 0, "A client that behaves was closed: " + reason);
    }
  }

  /** Once everything is healed and drained. */
  void lookAtTheEnd(List<Message> said, int lastMark) {
    demand(queue.size() == 0 && queue.sizeBytes() == 0, "The queue is not empty.");
    for (Message message : said) {
      demand(!message.isAcknowledged() || message.isSettled(store), "Never committed: " + message);
      message.elements().forEach(element -> once(message, element));
    }
    for (int mark : store.marks()) {
      demand(mark <= lastMark, "Nobody has sent a reading with the mark " + mark);
    }
    CommitCounters line = store.counters();
    long rejected = 0;
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      rejected += line.rejected(reason);
    }
    demand(
        line.received() == line.committed() + line.duplicates() + rejected,
        "The counts do not add up: %d received, %d committed, %d duplicates, %d rejected."
            .formatted(line.received(), line.committed(), line.duplicates(), rejected));
  }

  private void once(Message message, Element element) {
    int count = store.committed(element.mark());
    boolean mayCountTwice = false;
    if (element instanceof Element.Untimed untimed && message.isAcknowledged()) {
      boolean known = untimed.numbered() && !message.hasRaced();
      mayCountTwice = !known || !store.cameWithin(element.mark(), KNOWN_BY_NUMBER);
    }
    demand(
        count <= 1 || mayCountTwice,
        "Stored " + count + " times: " + message + ": " + store.describe(element.mark()));
  }

  static void fail(String what) {
    throw new AssertionError(what);
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      fail(otherwise);
    }
  }
}
