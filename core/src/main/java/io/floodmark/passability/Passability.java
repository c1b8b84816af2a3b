package io.floodmark.passability;

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

  /** The name on the wire: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
