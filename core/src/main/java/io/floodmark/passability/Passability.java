package io.floodmark.passability;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether a way of travelling gets through. */
public enum Passability {
  /** It does. */
  YES,
  /** It does with care. */
  CARE,
  /** It should not be tried. */
  NO,
  /** Nothing is known: never to be shown as {@link #YES}. */
  UNKNOWN;

  /**
   * What holds for a way past several places: as bad as the worst of them. What is known to stop
   * says more than what is not known; what is not known is never passed over, with care neither. Of
   * no place nothing is known.
   */
  public static Passability worst(Collection<Passability> places) {
    for (Passability worse : List.of(NO, UNKNOWN, CARE)) {
      if (places.contains(worse)) {
        return worse;
      }
    }
    return places.isEmpty() ? UNKNOWN : YES;
  }

  /** The name on the wire: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
