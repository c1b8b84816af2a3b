package io.floodmark.reading;

import java.time.Instant;
import java.util.Arrays;

/**
 * The newest values of a series and when each was observed, oldest first. Immutable.
 *
 * <p>Every reading is judged by such values and leaves some of its own. So they lie in two arrays:
 * in a profile of judging, lists of objects took a quarter of the time, most of it to fetch them.
 */
public final class RecentValues {
  /** None yet. */
  public static final RecentValues NONE = new RecentValues(new long[0], new double[0]);

  private final long[] millis;
  private final double[] values;

  private RecentValues(long[] millis, double[] values) {
    this.millis = millis;
    this.values = values;
  }

  /**
   * These values.
   *
   * @param millis times since 1970, rising; copied
   * @param values as many, NaN for a missing one; copied
   * @throws IllegalArgumentException if there are not as many values as times
   */
  public static RecentValues of(long[] millis, double[] values) {
    if (millis.length != values.length) {
      throw new IllegalArgumentException(
          millis.length + " times need as many values, not " + values.length + ".");
    }
    return new RecentValues(millis.clone(), values.clone());
  }

  /**
   * These values and one more.
   *
   * @param at when it was observed, later than those before, milliseconds since 1970
   * @param value NaN for a missing one
   * @param most how many are kept with it, 1 or more: the newest
   * @param from earlier ones are not kept, milliseconds since 1970
   */
  public RecentValues with(long at, double value, int most, long from) {
    int skip = firstKept(most, from);
    int kept = millis.length - skip;
    long[] newMillis = new long[kept + 1];
    double[] newValues = new double[kept + 1];
    System.arraycopy(millis, skip, newMillis, 0, kept);
    System.arraycopy(values, skip, newValues, 0, kept);
    newMillis[kept] = at;
    newValues[kept] = value;
    return new RecentValues(newMillis, newValues);
  }

  /**
   * The oldest that is kept beside one more.
   *
   * @param most how many are kept with that one, 1 or more
   * @param from earlier ones are not kept, milliseconds since 1970
   */
  public int firstKept(int most, long from) {
    int first = Math.max(0, millis.length - (most - 1));
    while (first < millis.length && millis[first] < from) {
      first++;
    }
    return first;
  }

  /** How many there are. */
  public int size() {
    return millis.length;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return millis.length == 0;
  }

  /** When one was observed, milliseconds since 1970; 0 is the oldest. */
  public long millis(int index) {
    return millis[index];
  }

  /** The same. */
  public Instant at(int index) {
    return Instant.ofEpochMilli(millis[index]);
  }

  /** A value, NaN for a missing one; 0 is the oldest. */
  public double value(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecentValues recent
        && Arrays.equals(millis, recent.millis)
        && Arrays.equals(values, recent.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(millis) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(millis) + " " + Arrays.toString(values);
  }
}
