package io.floodmark.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoorbellTest {
  @Test
  void aFewIdsFitOneCall() {
    assertEquals(List.of("7,12,300"), Doorbell.payloads(List.of(7, 12, 300)));
    assertEquals(List.of(), Doorbell.payloads(List.of()));
  }

  @Test
  void manyIdsTakeAsManyCallsAsTheyNeedAndNoneIsLost() {
    List<Integer> ids = IntStream.range(100_000, 110_000).boxed().toList();
    List<String> payloads = Doorbell.payloads(ids);
    assertTrue(payloads.stream().allMatch(payload -> payload.length() <= 7_900));
    assertEquals(
        ids.stream().map(String::valueOf).collect(Collectors.joining(",")),
        String.join(",", payloads));
  }
}
