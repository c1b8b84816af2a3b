package io.floodmark.quality;

/**
 * From one value to another, both included, in the unit of what is tested.
 *
 * @param from the lower end
 * @param to the upper end
 */
public record Span(double from, double to) {
  /** Puts the ends in order. */
  public Span {
    double lower = Math.min(from, to);
    to = Math.max(from, to);
    from = lower;
  }

  /** Whether {@code value} lies in it. */
  public boolean contains(double value) {
    return value >= from && value <= to;
  }

  /** Whether all of {@code other} lies in it. */
  public boolean contains(Span other) {
    return contains(other.from) && contains(other.to);
  }
}
