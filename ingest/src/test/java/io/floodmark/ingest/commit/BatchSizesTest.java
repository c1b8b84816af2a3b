package io.floodmark.ingest.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BatchSizesTest {
  private final BatchSizes sizes = new BatchSizes(8_000, 1_000);

  @Test
  void whatGathersInAnOrdinaryHourGoesTogether() {
    assertEquals(2_000, sizes.ofWaiting(3));
    assertEquals(2_000, sizes.ofWaiting(2_000));
  }

  @Test
  void ofManyHalfIsLeftForTheNextBatch() {
    assertEquals(2_200, sizes.ofWaiting(4_400));
  }

  @Test
  void aBatchStaysWithinItsLimit() {
    assertEquals(8_000, sizes.ofWaiting(100_000));
    assertEquals(3, new BatchSizes(3, 2).ofWaiting(100_000));
    BatchSizes without = new BatchSizes(Integer.MAX_VALUE, Integer.MAX_VALUE);
    assertEquals(Integer.MAX_VALUE, without.ofWaiting(1));
  }
}
