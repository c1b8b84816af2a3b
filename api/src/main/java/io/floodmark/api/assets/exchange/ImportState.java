package io.floodmark.api.assets.exchange;

import java.util.Arrays;
import java.util.Locale;

/** Where an import is. */
enum ImportState {
  /** Its columns are to be looked at. */
  UPLOADED,
  /** A dry run is under way. */
  CHECKING,
  /** A dry run is done: what would be imported, and what is wrong. */
  CHECKED,
  /** Rows are written, in a transaction that has not ended. */
  IMPORTING,
  /** All rows are in the register. */
  DONE,
  /** Nothing was imported, for a reason. */
  FAILED,
  /** Nothing was imported, for somebody wanted it so. */
  CANCELLED;

  /** As it stands in the database. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ImportState of(String key) {
    return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst().orElseThrow();
  }

  /** Whether a thread is at work on it. */
  boolean isRunning() {
    return this == CHECKING || this == IMPORTING;
  }
}
