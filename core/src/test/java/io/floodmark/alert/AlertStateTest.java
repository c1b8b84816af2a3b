package io.floodmark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.alert.AlertTransition.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlertStateTest {
  private static final Instant START = Instant.parse("2026-11-21T13:00:00Z");
  private static final AlertPolicy POLICY =
      new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, Duration.ofMinutes(10));

  private final List<AlertTransition> history = new ArrayList<>();
  private AlertState state = AlertState.NONE;

  @Test
  void oneSampleRaisesNothing() {
    sampleAtMinute(0, 350);
    assertEquals(List.of(), history);
    assertEquals(0, state.level());
  }

  @Test
  void theSecondSampleRaisesTheHighestLevelThatBothMeet() {
    sampleAtMinute(0, 350);
    sampleAtMinute(1, 210);
    assertEquals(List.of(transition(Kind.RAISED, 0, 2, 1)), history);
  }

  @Test
  void aDrySampleBetweenTwoWetOnesRaisesNothing() {
    sampleAtMinute(0, 350);
    dryAtMinute(1);
    sampleAtMinute(2, 350);
    assertEquals(List.of(), history);
  }

  @Test
  void anAlertEscalatesAtOnceToTheHighestLevelConfirmed() {
    sampleAtMinute(0, 120);
    sampleAtMinute(1, 520);
    sampleAtMinute(2, 540);
    assertEquals(
        List.of(transition(Kind.RAISED, 0, 1, 1), transition(Kind.ESCALATED, 1, 4, 2)), history);
  }

  @Test
  void aQuickRecessionClearsTenMinutesAfterIt() {
    sampleAtMinute(0, 520);
    sampleAtMinute(1, 520);
    dryAtMinute(2);
    dryAtMinute(10);
    assertEquals(4, state.level());
    dryAtMinute(11);
    assertEquals(
        List.of(transition(Kind.RAISED, 0, 4, 1), transition(Kind.CLEARED, 4, 0, 11)), history);
  }

  @Test
  void aSlowRecessionDropsThroughTheLevelsThatWereMetLater() {
    sampleAtMinute(0, 320);
    sampleAtMinute(1, 320);
    sampleAtMinute(4, 220);
    sampleAtMinute(8, 120);
    dryAtMinute(9);
    tickAtMinute(11);
    tickAtMinute(14);
    tickAtMinute(18);
    assertEquals(
        List.of(
            transition(Kind.RAISED, 0, 3, 1),
            transition(Kind.LOWERED, 3, 2, 11),
            transition(Kind.LOWERED, 2, 1, 14),
            transition(Kind.CLEARED, 1, 0, 18)),
        history);
  }

  @Test
  void aDepthWithinTheDeadbandKeepsTheLevel() {
    sampleAtMinute(0, 310);
    sampleAtMinute(1, 310);
    for (int minute = 2; minute < 40; minute++) {
      sampleAtMinute(minute, 280);
    }
    assertEquals(3, state.level());
  }

  @Test
  void aDepthBelowTheDeadbandDoesNotKeepTheLevel() {
    sampleAtMinute(0, 310);
    sampleAtMinute(1, 310);
    for (int minute = 2; minute < 12; minute++) {
      sampleAtMinute(minute, 279);
    }
    assertEquals(2, state.level());
  }

  @Test
  void timeAloneClearsOnceTheWaterIsGone() {
    sampleAtMinute(0, 220);
    sampleAtMinute(1, 220);
    dryAtMinute(2);
    assertEquals(Optional.of(atMinute(11)), state.dueAt(POLICY));
    tickAtMinute(10);
    assertEquals(2, state.level());
    tickAtMinute(11);
    assertEquals(0, state.level());
    assertEquals(Optional.empty(), state.dueAt(POLICY));
  }

  @Test
  void silenceIsNoAllClear() {
    sampleAtMinute(0, 220);
    sampleAtMinute(1, 220);
    tickAtMinute(600);
    assertEquals(2, state.level());
    assertEquals(Optional.empty(), state.dueAt(POLICY));
  }

  @Test
  void aSlowDeviceClockDoesNotClearEarly() {
    Duration behind = Duration.ofMinutes(12);
    for (int minute = 0; minute < 3; minute++) {
      Instant arrival = atMinute(minute);
      OptionalInt depth = minute < 2 ? OptionalInt.of(220) : OptionalInt.empty();
      take(AlertSample.alone(arrival.minus(behind), arrival, depth));
    }
    tickAtMinute(10);
    assertEquals(2, state.level());
    tickAtMinute(11);
    assertEquals(0, state.level());
  }

  @Test
  void whatExpiredWhileNobodyLookedEndedBeforeTheNextSample() {
    sampleAtMinute(0, 220);
    sampleAtMinute(1, 220);
    dryAtMinute(2);
    sampleAtMinute(30, 220);
    sampleAtMinute(31, 220);
    assertEquals(
        List.of(
            transition(Kind.RAISED, 0, 2, 1),
            transition(Kind.CLEARED, 2, 0, 11),
            transition(Kind.RAISED, 0, 2, 31)),
        history);
  }

  @Test
  void aSampleThatIsNotNewerIsRefused() {
    sampleAtMinute(1, 220);
    AlertSample again = AlertSample.alone(atMinute(1), atMinute(2), OptionalInt.of(220));
    assertThrows(IllegalArgumentException.class, () -> state.next(POLICY, again));
  }

  @Test
  void oneSampleThatIsSureIsEnough() {
    take(supported(0, OptionalInt.of(350), Instant.MIN));
    assertEquals(List.of(transition(Kind.RAISED, 0, 3, 0)), history);
  }

  @Test
  void theLowestLevelDoesNotEndWhileItStillRains() {
    Instant rainUntil = atMinute(45);
    take(supported(0, OptionalInt.of(220), rainUntil));
    take(supported(1, OptionalInt.empty(), rainUntil));
    tickAtMinute(44);
    assertEquals(1, state.level(), "the water is gone, the rain is not");
    assertEquals(Optional.of(rainUntil), state.dueAt(POLICY));
    tickAtMinute(45);
    assertEquals(
        List.of(
            transition(Kind.RAISED, 0, 2, 0),
            transition(Kind.LOWERED, 2, 1, 10),
            transition(Kind.CLEARED, 1, 0, 45)),
        history);
  }

  @Test
  void noRainKeepsAnAlertForMoreThanTwoHours() {
    take(supported(0, OptionalInt.of(120), atMinute(600)));
    take(supported(1, OptionalInt.empty(), atMinute(600)));
    tickAtMinute(119);
    assertEquals(1, state.level());
    tickAtMinute(120);
    assertEquals(0, state.level());
  }

  @Test
  void soonAfterAnAllClearOneReadingAloneRaisesNothing() {
    take(supported(0, OptionalInt.of(120), atMinute(600)));
    take(supported(1, OptionalInt.empty(), atMinute(600)));
    tickAtMinute(120);
    take(supported(122, OptionalInt.of(320), atMinute(600)));
    take(supported(123, OptionalInt.empty(), atMinute(600)));
    assertEquals(
        List.of(transition(Kind.RAISED, 0, 1, 0), transition(Kind.CLEARED, 1, 0, 120)), history);
  }

  @Test
  void soonAfterAnAllClearTwoReadingsRaiseAgainAndLaterOneDoes() {
    take(supported(0, OptionalInt.of(120), atMinute(600)));
    take(supported(1, OptionalInt.empty(), Instant.MIN));
    take(supported(20, OptionalInt.of(320), atMinute(600)));
    take(supported(21, OptionalInt.of(320), Instant.MIN));
    take(supported(22, OptionalInt.empty(), Instant.MIN));
    take(supported(62, OptionalInt.of(120), Instant.MIN));
    assertEquals(
        List.of(
            transition(Kind.RAISED, 0, 1, 0),
            transition(Kind.CLEARED, 1, 0, 10),
            transition(Kind.RAISED, 0, 3, 21),
            transition(Kind.CLEARED, 3, 0, 31),
            transition(Kind.RAISED, 0, 1, 62)),
        history);
  }

  @Test
  void aPuddleBeforeTheFloodDoesNotDelayAWarningThatRainSpeaksFor() {
    OptionalInt puddle = OptionalInt.of(210);
    take(new AlertSample(atMinute(0), atMinute(0), OptionalInt.empty(), puddle, true, Instant.MIN));
    take(supported(1, OptionalInt.empty(), Instant.MIN));
    take(supported(2, OptionalInt.of(240), Instant.MIN));
    assertEquals(List.of(transition(Kind.RAISED, 0, 2, 2)), history);
  }

  @Test
  void aLittleWaterThatIsLeftKeepsTheAlert() {
    sampleAtMinute(0, 120);
    sampleAtMinute(1, 120);
    OptionalInt left = OptionalInt.of(100);
    take(new AlertSample(atMinute(2), atMinute(2), OptionalInt.empty(), left, false, Instant.MIN));
    tickAtMinute(60);
    assertEquals(1, state.level());
  }

  private static AlertSample supported(int minute, OptionalInt depthMm, Instant until) {
    return new AlertSample(atMinute(minute), atMinute(minute), depthMm, depthMm, true, until);
  }

  private void sampleAtMinute(int minute, int lowPointDepthMm) {
    take(AlertSample.alone(atMinute(minute), atMinute(minute), OptionalInt.of(lowPointDepthMm)));
  }

  private void dryAtMinute(int minute) {
    take(AlertSample.alone(atMinute(minute), atMinute(minute), OptionalInt.empty()));
  }

  private void take(AlertSample sample) {
    AlertState.Step step = state.next(POLICY, sample);
    state = step.state();
    history.addAll(step.transitions());
  }

  private void tickAtMinute(int minute) {
    AlertState.Step step = state.tick(POLICY, atMinute(minute));
    state = step.state();
    history.addAll(step.transitions());
  }

  private static AlertTransition transition(Kind kind, int from, int to, int minute) {
    return new AlertTransition(kind, from, to, atMinute(minute));
  }

  private static Instant atMinute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}
