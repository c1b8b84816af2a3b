package io.floodmark.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertLife.Refusal;
import io.floodmark.alert.AlertLife.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AlertLifeTest {
  private static final Instant NOON = Instant.parse("2026-11-22T05:00:00Z");
  private static final Optional<Instant> NO_END = Optional.empty();
  private static final Optional<Instant> IN_AN_HOUR = Optional.of(NOON.plusSeconds(3600));

  private static final AlertLife RAISED = AlertLife.raised(2);

  @Test
  void itIsAcknowledgedOnce() {
    assertEquals(Standing.UNACKNOWLEDGED, RAISED.standing(NOON));
    AlertLife seen = take(RAISED, AlertStep.ACKNOWLEDGE);
    assertEquals(Standing.ACKNOWLEDGED, seen.standing(NOON));
    assertRefused(Refusal.ALREADY_ACKNOWLEDGED, seen, AlertStep.ACKNOWLEDGE);
  }

  @Test
  void aRiseWantsToBeSeenAgainAndAFallDoesNot() {
    AlertLife seen = take(RAISED, AlertStep.ACKNOWLEDGE);
    assertEquals(Standing.UNACKNOWLEDGED, seen.moved(3).standing(NOON));
    assertEquals(Standing.ACKNOWLEDGED, seen.moved(1).standing(NOON));
    assertEquals(Standing.UNACKNOWLEDGED, RAISED.moved(1).standing(NOON));
  }

  @Test
  void whatReturnedToNormalUnseenStaysInSight() {
    AlertLife returned = RAISED.moved(0);
    assertEquals(Standing.RETURNED, returned.standing(NOON));
    assertEquals(2, returned.level());
    assertEquals(Standing.ENDED, take(returned, AlertStep.ACKNOWLEDGE).standing(NOON));
  }

  @Test
  void onlyTheMachineEndsItAndThenItCanBeClosed() {
    assertRefused(Refusal.STILL_ACTIVE, RAISED, AlertStep.CLOSE);
    assertRefused(Refusal.STILL_ACTIVE, take(RAISED, AlertStep.ACKNOWLEDGE), AlertStep.CLOSE);
    AlertLife closed = take(RAISED.moved(0), AlertStep.CLOSE);
    assertEquals(Standing.CLOSED, closed.standing(NOON));
    assertTrue(closed.acknowledged(), "who closes it has seen it");
    for (AlertStep step :
        new AlertStep[] {AlertStep.ACKNOWLEDGE, AlertStep.HANDOVER, AlertStep.CLOSE}) {
      assertRefused(Refusal.CLOSED, closed, step);
    }
    assertTrue(closed.refusal(AlertStep.NOTE, NO_END, NOON).isEmpty());
  }

  @Test
  void aShelfHasAnEndThatIsNeitherNowNorTooFar() {
    AlertLife shelved = RAISED.after(AlertStep.SHELVE, IN_AN_HOUR, NOON);
    assertEquals(Standing.SHELVED, shelved.standing(NOON));
    assertEquals(Standing.UNACKNOWLEDGED, shelved.standing(NOON.plusSeconds(3600)));
    for (Duration ahead :
        new Duration[] {
          Duration.ZERO, Duration.ofMinutes(5).minusMillis(1), Duration.ofHours(24).plusMillis(1)
        }) {
      assertEquals(
          Optional.of(Refusal.SHELF_END),
          RAISED.refusal(AlertStep.SHELVE, Optional.of(NOON.plus(ahead)), NOON));
    }
    assertEquals(Optional.of(Refusal.SHELF_END), RAISED.refusal(AlertStep.SHELVE, NO_END, NOON));
    assertTrue(
        RAISED
            .refusal(AlertStep.SHELVE, Optional.of(NOON.plus(AlertLife.SHELF_MAX)), NOON)
            .isEmpty());
  }

  @Test
  void whatIsOnTheShelfComesDownByHandByTimeOrByARise() {
    AlertLife shelved = RAISED.after(AlertStep.SHELVE, IN_AN_HOUR, NOON);
    assertEquals(Standing.UNACKNOWLEDGED, take(shelved, AlertStep.UNSHELVE).standing(NOON));
    assertEquals(Standing.UNACKNOWLEDGED, shelved.moved(3).standing(NOON));
    assertEquals(Standing.SHELVED, shelved.moved(1).standing(NOON));
    assertRefused(Refusal.NOT_SHELVED, RAISED, AlertStep.UNSHELVE);
    assertEquals(
        Optional.of(Refusal.NOT_SHELVED),
        shelved.refusal(AlertStep.UNSHELVE, NO_END, NOON.plusSeconds(3600)));
  }

  @Test
  void aRiseBackToTheLevelThatItWasShelvedAtIsNoNewsToTheShelf() {
    AlertLife fallen = RAISED.after(AlertStep.SHELVE, IN_AN_HOUR, NOON).moved(1);
    assertEquals(Standing.SHELVED, fallen.moved(2).standing(NOON));
    assertEquals(Standing.UNACKNOWLEDGED, fallen.moved(3).standing(NOON));
    assertEquals(
        Standing.UNACKNOWLEDGED,
        fallen.moved(2).standing(NOON.plusSeconds(3600)),
        "but it wants to be seen once the shelf ends");
  }

  @Test
  void whatEndsOnTheShelfHasBeenSeenAndWhatEndsKeptBackNobodyHasToSee() {
    AlertLife shelved = RAISED.after(AlertStep.SHELVE, IN_AN_HOUR, NOON);
    assertEquals(Standing.ENDED, shelved.moved(0).standing(NOON));
    AlertLife suppressed = keptBack();
    assertEquals(Standing.CLOSED, suppressed.moved(0).standing(NOON));
  }

  @Test
  void whatIsOverCannotBeShelved() {
    assertEquals(
        Optional.of(Refusal.OVER), RAISED.moved(0).refusal(AlertStep.SHELVE, IN_AN_HOUR, NOON));
  }

  @Test
  void onlyWhatNobodyHasSeenAndNothingKeepsBackIsToldAgain() {
    assertTrue(RAISED.wantsReminder(NOON));
    assertFalse(take(RAISED, AlertStep.ACKNOWLEDGE).wantsReminder(NOON));
    assertFalse(RAISED.after(AlertStep.SHELVE, IN_AN_HOUR, NOON).wantsReminder(NOON));
    assertFalse(RAISED.moved(0).wantsReminder(NOON));
    AlertLife suppressed = keptBack();
    assertFalse(suppressed.wantsReminder(NOON));
    assertEquals(Standing.SUPPRESSED, suppressed.standing(NOON));
  }

  private static AlertLife keptBack() {
    return new AlertLife(true, 2, false, Optional.empty(), OptionalInt.empty(), true, false);
  }

  private static AlertLife take(AlertLife life, AlertStep step) {
    return life.after(step, NO_END, NOON);
  }

  private static void assertRefused(Refusal expected, AlertLife life, AlertStep step) {
    assertEquals(Optional.of(expected), life.refusal(step, NO_END, NOON));
    assertThrows(IllegalArgumentException.class, () -> life.after(step, NO_END, NOON));
  }
}
