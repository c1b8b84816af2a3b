package io.floodmark.ingest.simulation;

import io.floodmark.ingest.commit.SimulatedStore;
import java.time.Instant;
import java.util.OptionalInt;

/** One reading of a message, or what pretends to be one. */
sealed interface Element {
  /** What it is told apart by. */
  int mark();

  /** Whether it is committed: as a reading, as one that was there before, or as none. */
  boolean isSettled(SimulatedStore store);

  /** One with a time of its own: once for each time; another measurement of it is rejected. */
  record Timed(int sensorId, int mark, Instant at, int distanceMm) implements Element {
    @Override
    public boolean isSettled(SimulatedStore store) {
      OptionalInt stored = store.distanceMm(sensorId, at);
      return stored.isPresent() && (stored.getAsInt() == distanceMm || store.rejected(mark));
    }
  }

  /**
   * One that counts from its arrival.
   *
   * @param numbered whether it has a number by which it is known when it is sent again
   */
  record Untimed(int mark, boolean numbered) implements Element {
    @Override
    public boolean isSettled(SimulatedStore store) {
      return store.committed(mark) > 0;
    }
  }

  /** One that can only be rejected. */
  record Bad(int mark) implements Element {
    @Override
    public boolean isSettled(SimulatedStore store) {
      return store.rejected(mark);
    }
  }

  /**
   * No reading at all, but what the sensor says of itself.
   *
   * @param before how often it was committed by then
   */
  record Status(int sensorId, int mark, int before) implements Element {
    @Override
    public boolean isSettled(SimulatedStore store) {
      return store.statuses(sensorId) > before;
    }
  }
}
