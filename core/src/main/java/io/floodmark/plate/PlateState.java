package io.floodmark.plate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a plate is in its life. */
public enum PlateState {
  /** It has a code; nobody has printed it. */
  MADE,
  /** It lies in the office, or hangs where nobody has said so yet. */
  PRINTED,
  /** It hangs where it belongs. */
  MOUNTED,
  /** It is not where it belongs; it may be found again. */
  LOST,
  /** It was taken back for good. */
  REVOKED,
  /** Another plate took its place. */
  REPLACED;

  /** Whether the plate leads nowhere any more. */
  public boolean isOver() {
    return this == LOST || this == REVOKED || this == REPLACED;
  }

  /** As it stands in the database and in addresses. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that key. */
  public static Optional<PlateState> find(String key) {
    return Arrays.stream(values()).filter(state -> state.key().equals(key)).findFirst();
  }
}
