package io.floodmark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.alert.Silence.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SilenceTest {
  private static final Instant NOON = Instant.parse("2026-11-22T05:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aSensorIsSilentThreeIntervalsAfterItsLastReadingFiveMinutesAtLeast() {
    assertFallen(List.of(), at(5).minusMillis(1), heard(1, 0));
    assertFallen(List.of(1), at(5), heard(1, 0));
    Member slow = new Member(1, NOON, Duration.ofMinutes(10), Optional.empty(), false);
    assertFallen(List.of(), at(29), slow);
    assertFallen(List.of(1), at(30), slow);
  }

  @Test
  void whoIsCalledSilentAlreadyDoesNotFallAgain() {
    assertFallen(List.of(), at(60), new Member(1, NOON, MINUTE, Optional.empty(), true));
  }

  @Test
  void aWillCountsAfterAMinuteUnlessAReadingCameSince() {
    Member gone = new Member(1, NOON, MINUTE, Optional.of(at(1)), false);
    assertFallen(List.of(), at(2).minusMillis(1), gone);
    assertFallen(List.of(1), at(2), gone);
    assertFallen(List.of(), at(4), new Member(1, at(2), MINUTE, Optional.of(at(1)), false));
  }

  @Test
  void whatCouldNotBeHeardIsNoSilence() {
    Instant backSince = at(60);
    assertEquals(List.of(), Silence.fallen(List.of(heard(1, 0)), backSince, at(64)));
    assertEquals(List.of(1), Silence.fallen(List.of(heard(1, 0)), backSince, at(65)));
    Member gone = new Member(1, NOON, MINUTE, Optional.of(at(1)), false);
    assertEquals(List.of(), Silence.fallen(List.of(gone), backSince, at(60)));
    assertEquals(List.of(1), Silence.fallen(List.of(gone), backSince, at(61)));
  }

  @Test
  void oneBehindAGatewayThatWorksFallsSilentAtOnce() {
    assertFallen(List.of(1), at(5), heard(1, 0), heard(2, 4));
  }

  @Test
  void thoseBehindAGatewayThatDiedFallSilentTogether() {
    Member first = heard(1, 0);
    Member second = new Member(2, NOON.plusSeconds(50), MINUTE, Optional.empty(), false);
    assertFallen(List.of(), at(5), first, second);
    assertFallen(List.of(1, 2), at(5).plusSeconds(50), first, second);
  }

  @Test
  void theLastOfAGatewayFallsSilentAlone() {
    Member longSilent = new Member(1, NOON, MINUTE, Optional.empty(), true);
    assertFallen(List.of(2), at(65), longSilent, heard(2, 60));
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  private static Member heard(int id, int minute) {
    return new Member(id, at(minute), MINUTE, Optional.empty(), false);
  }

  private static void assertFallen(List<Integer> expected, Instant now, Member... together) {
    assertEquals(expected, Silence.fallen(List.of(together), NOON.minusSeconds(3600), now));
  }
}
