package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static io.floodmark.ingest.commit.Readings.depth;
import static io.floodmark.ingest.commit.Readings.pending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PendingTest {

  @Test
  void aMessageIsSettledOnceAllItsPartsAre() {
    List<Pending> parts =
        pending(NOON, false, depth(1, NOON), depth(2, NOON.plusMillis(1)), depth(3, NOON)).split();
    assertEquals(3, parts.size());
    assertFalse(parts.get(0).settle());
    assertFalse(parts.get(2).settle());
    assertTrue(parts.get(1).settle());
  }

  @Test
  void aMessageWithOneReadingIsAPartItself() {
    Pending whole = pending(NOON, false, depth(1, NOON));
    assertEquals(List.of(whole), whole.split());
    assertTrue(whole.settle());
  }

  @Test
  void partsRememberTheirStamps() {
    Pending whole = pending(NOON, false, depth(1, NOON), depth(2, NOON));
    whole.items().get(1).stampedAs(NOON);
    assertSame(whole.items().get(1), whole.split().get(1).items().get(0));
  }

  @Test
  void aRefusedReadingBecomesARejectionOfTheSameMessage() {
    Pending refused = pending(NOON, false, depth(1, NOON)).refused("No.");
    assertEquals(List.of(), refused.items());
    assertEquals(Rejection.Reason.RANGE, refused.rejections().get(0).reason());
    assertTrue(refused.settle());
  }

  @Test
  void timesAreKeptInWholeMilliseconds() {
    assertEquals(NOON, pending(NOON.plusNanos(999_999), false).arrivedAt());
  }
}
