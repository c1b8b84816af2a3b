package io.floodmark.surface;

import java.time.Instant;

/**
 * Until when something else speaks for water on a street, and until when against it.
 *
 * @param supportedUntil {@link Instant#MIN} for never
 * @param opposedUntil {@link Instant#MIN} for never; counts only where nothing speaks for water
 */
public record Backing(Instant supportedUntil, Instant opposedUntil) {
  /** Nothing is known. */
  public static final Backing NONE = new Backing(Instant.MIN, Instant.MIN);

  /** Something speaks for water until then. */
  public static Backing supporting(Instant until) {
    return new Backing(until, Instant.MIN);
  }

  /** What both say together. */
  public Backing and(Backing other) {
    return new Backing(
        later(supportedUntil, other.supportedUntil), later(opposedUntil, other.opposedUntil));
  }

  /** What speaks at that time. */
  public Support at(Instant time) {
    if (supportedUntil.isAfter(time)) {
      return Support.FOR;
    }
    return opposedUntil.isAfter(time) ? Support.AGAINST : Support.UNKNOWN;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
