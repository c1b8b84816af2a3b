package io.floodmark.bench.alerts;

import io.floodmark.alert.AlertTransition;
import io.floodmark.sim.street.LabelledReading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one sensor's alert did while its readings came in.
 *
 * @param changes in the order in which the server made them
 */
record AlertTrace(List<Change> changes) {
  /**
   * One change of level.
   *
   * @param madeAt when the server made it
   * @param transition what changed
   * @param cause the reading that brought it about; empty where time alone did
   */
  record Change(Instant madeAt, AlertTransition transition, Optional<LabelledReading> cause) {}

  AlertTrace {
    changes = List.copyOf(changes);
  }
}
