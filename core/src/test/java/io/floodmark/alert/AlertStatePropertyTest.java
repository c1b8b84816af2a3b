package io.floodmark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AlertStatePropertyTest {
  private static final Instant START = Instant.parse("2026-11-21T13:00:00Z");
  private static final AlertPolicy POLICY =
      new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, Duration.ofMinutes(10));

  @Property(seed = "4669")
  void transitionsFormAnUnbrokenChainThatEndsAtTheState(
      @ForAll @Size(max = 60) List<@IntRange(max = 700) Integer> depths) {
    int level = 0;
    AlertState state = AlertState.NONE;
    for (int i = 0; i < depths.size(); i++) {
      AlertState.Step step = state.next(POLICY, sample(i, depths.get(i)));
      for (AlertTransition transition : step.transitions()) {
        assertEquals(level, transition.fromLevel());
        level = transition.toLevel();
      }
      state = step.state();
      assertEquals(level, state.level());
    }
  }

  @Property(seed = "4669")
  void tickingBetweenSamplesChangesNothingInTheEnd(
      @ForAll @Size(max = 60) List<@IntRange(max = 700) Integer> depths,
      @ForAll @IntRange(min = 1, max = 240) int secondsBetweenTicks) {
    AlertState undisturbed = AlertState.NONE;
    AlertState ticked = AlertState.NONE;
    List<AlertTransition> expected = new ArrayList<>();
    List<AlertTransition> seen = new ArrayList<>();
    for (int i = 0; i < depths.size(); i++) {
      for (int s = secondsBetweenTicks; i > 0 && s < 240; s += secondsBetweenTicks) {
        AlertState.Step tick = ticked.tick(POLICY, at(i - 1).plusSeconds(s));
        ticked = tick.state();
        seen.addAll(tick.transitions());
      }
      AlertState.Step step = undisturbed.next(POLICY, sample(i, depths.get(i)));
      undisturbed = step.state();
      expected.addAll(step.transitions());
      AlertState.Step other = ticked.next(POLICY, sample(i, depths.get(i)));
      ticked = other.state();
      seen.addAll(other.transitions());
    }
    assertEquals(undisturbed, ticked);
    assertEquals(levelsByTime(expected), levelsByTime(seen));
  }

  @Property(seed = "4669")
  void anAlertNeverStandsAboveWhatTwoSamplesInARowHaveMet(
      @ForAll @Size(max = 60) List<@IntRange(max = 700) Integer> depths) {
    AlertState state = AlertState.NONE;
    int confirmed = 0;
    for (int i = 0; i < depths.size(); i++) {
      state = state.next(POLICY, sample(i, depths.get(i))).state();
      if (i > 0) {
        confirmed =
            Math.max(
                confirmed,
                Math.min(POLICY.levelOf(depths.get(i)), POLICY.levelOf(depths.get(i - 1))));
      }
      assertTrue(state.level() <= confirmed, "level " + state.level() + " after " + i);
    }
  }

  /** Ticks may lower in two steps what one look lowers in one; both end at the same times. */
  private static List<String> levelsByTime(List<AlertTransition> transitions) {
    List<String> levels = new ArrayList<>();
    for (AlertTransition transition : transitions) {
      if (transition.toLevel() > transition.fromLevel() || transition.toLevel() == 0) {
        levels.add(transition.toLevel() + " at " + transition.occurredAt());
      }
    }
    return levels;
  }

  private static AlertSample sample(int index, int lowPointDepthMm) {
    return AlertSample.alone(at(index), at(index), OptionalInt.of(lowPointDepthMm));
  }

  private static Instant at(int index) {
    return START.plus(Duration.ofMinutes(4L * index));
  }
}
