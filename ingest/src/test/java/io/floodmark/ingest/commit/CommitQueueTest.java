package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static io.floodmark.ingest.commit.Readings.depth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.reading.Reading;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CommitQueueTest {
  private final CommitQueue queue = new CommitQueue(4, 1_000);

  @Test
  void whatWasPutInFirstComesOutFirst() throws Exception {
    Submission first = message(1);
    Submission second = message(1);
    queue.add(first);
    queue.add(second);
    assertEquals(List.of(first, second), queue.take(10, 0));
    assertEquals(List.of(), queue.take(10, 0));
  }

  @Test
  void aBatchEndsWithTheMessageThatFillsIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      queue.add(message(3));
    }
    assertEquals(2, queue.take(4, 0).size());
    assertEquals(1, queue.take(1, 0).size());
  }

  @Test
  void aMessageWithoutReadingsCountsAsOne() throws Exception {
    for (int i = 0; i < 3; i++) {
      queue.add(message(0));
    }
    assertEquals(2, queue.take(2, 0).size());
  }

  @Test
  void whatIsHeldCountsInTheBytesButNeverStopsAnEmptyQueue() throws Exception {
    queue.hold(1_000);
    assertEquals(1_000, queue.sizeBytes());
    assertFalse(queue.isFull());
    queue.add(message(1));
    assertTrue(queue.isFull());
    assertFalse(queue.isFullForHeld());
    AtomicInteger resumed = new AtomicInteger();
    queue.whenRoom(resumed::incrementAndGet);
    assertEquals(0, resumed.get());
    queue.settled(queue.take(10, 0));
    assertEquals(1, resumed.get());
    queue.add(message(1));
    queue.release(1_000);
    assertFalse(queue.isFull());
  }

  @Test
  void itIsFullByCountUntilHalfIsSettled() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertFalse(queue.isFull());
      queue.add(message(1));
    }
    assertTrue(queue.isFull());
    assertTrue(queue.fullNanos() > 0);
    AtomicInteger resumed = new AtomicInteger();
    queue.whenRoom(resumed::incrementAndGet);
    List<Submission> batch = queue.take(10, 0);
    assertTrue(queue.isFull(), "What is at work counts.");
    queue.settled(batch.subList(0, 1));
    assertFalse(queue.isFull());
    assertEquals(0, resumed.get());
    queue.settled(batch.subList(1, 2));
    assertEquals(1, resumed.get());
    queue.settled(batch.subList(2, 4));
    assertEquals(1, resumed.get());
  }

  @Test
  void itIsFullByBytes() {
    queue.add(Readings.submission(NOON, false, () -> {}, depth(1, NOON)));
    assertFalse(queue.isFull());
    CommitQueue small = new CommitQueue(100, 100);
    small.add(message(1));
    assertTrue(small.isFull());
  }

  @Test
  void whoeverWaitsForRoomThatIsThereGoesOnAtOnce() {
    AtomicInteger resumed = new AtomicInteger();
    queue.whenRoom(resumed::incrementAndGet);
    assertEquals(1, resumed.get());
  }

  @Test
  void takingWaitsForTheFirstMessage() throws Exception {
    CompletableFuture<Void> adding = CompletableFuture.runAsync(() -> queue.add(message(1)));
    assertEquals(1, queue.take(10, 30_000).size());
    adding.join();
  }

  @Test
  void itIsEmptyOnceEverythingIsSettled() throws Exception {
    assertTrue(queue.awaitEmpty(0));
    queue.add(message(1));
    List<Submission> batch = queue.take(1, 0);
    assertFalse(queue.awaitEmpty(1));
    CompletableFuture<Void> settling = CompletableFuture.runAsync(() -> queue.settled(batch));
    assertTrue(queue.awaitEmpty(30_000));
    settling.join();
    assertEquals(0, queue.size());
  }

  @Test
  void boundsMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> new CommitQueue(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new CommitQueue(1, 0));
  }

  private static Submission message(int readings) {
    Reading[] body = Collections.nCopies(readings, depth(1, NOON)).toArray(Reading[]::new);
    return Readings.submission(NOON, false, () -> {}, body);
  }
}
