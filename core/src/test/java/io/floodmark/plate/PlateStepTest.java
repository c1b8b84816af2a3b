package io.floodmark.plate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PlateStepTest {
  @ParameterizedTest
  @CsvSource({
    "PRINT, MADE, PRINTED",
    "MOUNT, PRINTED, MOUNTED",
    "MOUNT, MADE, MOUNTED",
    "CHECK, MOUNTED, MOUNTED",
    "LOSE, MOUNTED, LOST",
    "FIND, LOST, PRINTED",
    "REVOKE, LOST, REVOKED",
    "REPLACE, MOUNTED, REPLACED",
  })
  void aStepLeadsFromOneStateToTheNext(PlateStep step, PlateState before, PlateState after) {
    assertEquals(Optional.of(after), step.from(before));
  }

  @ParameterizedTest
  @CsvSource({
    "PRINT, MOUNTED",
    "PRINT, PRINTED",
    "MOUNT, MOUNTED",
    "MOUNT, LOST",
    "CHECK, PRINTED",
    "CHECK, LOST",
    "LOSE, LOST",
    "FIND, MOUNTED",
  })
  void aStepThatMakesNoSenseCannotBeTaken(PlateStep step, PlateState state) {
    assertEquals(Optional.empty(), step.from(state));
  }

  @ParameterizedTest
  @EnumSource
  void nothingComesAfterRevokedAndReplaced(PlateStep step) {
    assertEquals(Optional.empty(), step.from(PlateState.REVOKED));
    assertEquals(Optional.empty(), step.from(PlateState.REPLACED));
  }

  @ParameterizedTest
  @EnumSource
  void everyOtherStateCanBeRevokedAndReplaced(PlateState state) {
    boolean isFinal = EnumSet.of(PlateState.REVOKED, PlateState.REPLACED).contains(state);
    assertEquals(isFinal, PlateStep.REVOKE.from(state).isEmpty());
    assertEquals(isFinal, PlateStep.REPLACE.from(state).isEmpty());
  }

  @Test
  void statesAndStepsAreFoundByTheirKeys() {
    for (PlateState state : PlateState.values()) {
      assertEquals(Optional.of(state), PlateState.find(state.key()));
    }
    for (PlateStep step : PlateStep.values()) {
      assertEquals(Optional.of(step), PlateStep.find(step.key()));
    }
    assertTrue(PlateState.find("MOUNTED").isEmpty());
    assertTrue(PlateStep.find("").isEmpty());
  }
}
