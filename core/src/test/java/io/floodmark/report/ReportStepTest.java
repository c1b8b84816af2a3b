package io.floodmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportStepTest {
  @Test
  void aReportGoesItsWayFromReceivedToDone() {
    ReportState state = ReportState.RECEIVED;
    for (ReportStep step :
        new ReportStep[] {
          ReportStep.SCREEN, ReportStep.ASSIGN, ReportStep.START, ReportStep.FINISH
        }) {
      state = step.from(state).orElseThrow();
    }
    assertEquals(ReportState.DONE, state);
    assertEquals(Optional.of(ReportState.SCREENED), ReportStep.REOPEN.from(state));
  }

  @Test
  void whatNobodyHasReadCannotBeDone() {
    assertEquals(Optional.empty(), ReportStep.FINISH.from(ReportState.RECEIVED));
    assertEquals(Optional.empty(), ReportStep.ASSIGN.from(ReportState.RECEIVED));
  }

  @Test
  void whatIsOverCanOnlyBeTakenUpAgainAndWhatIsWithdrawnNotEvenThat() {
    for (ReportState state : ReportState.values()) {
      for (ReportStep step : ReportStep.values()) {
        if (!state.isOpen() && step.from(state).isPresent()) {
          assertEquals(ReportStep.REOPEN, step, state.key());
          assertTrue(state != ReportState.WITHDRAWN);
        }
      }
    }
  }

  @Test
  void everyOpenReportCanBeWithdrawn() {
    ReportState.OPEN.forEach(
        state -> assertEquals(Optional.of(ReportState.WITHDRAWN), ReportStep.WITHDRAW.from(state)));
  }

  @Test
  void theBandsOfDepthFollowOneAnotherWithoutAGap() {
    FloodDepth[] bands = FloodDepth.values();
    for (int i = 1; i < bands.length; i++) {
      assertEquals(bands[i - 1].maxMm(), bands[i].minMm());
    }
  }

  @Test
  void keysAreFoundAgainAndOthersAreNot() {
    for (ReportCategory category : ReportCategory.values()) {
      assertEquals(Optional.of(category), ReportCategory.find(category.key()));
    }
    assertEquals(Optional.empty(), ReportCategory.find("FLOOD"));
    assertEquals(Optional.of(FloodDepth.HALF_WHEEL), FloodDepth.find("half_wheel"));
    assertEquals(Optional.of(ReportState.IN_PROGRESS), ReportState.find("in_progress"));
    assertEquals(Optional.of(ReportStep.MARK_DUPLICATE), ReportStep.find("mark_duplicate"));
  }
}
