package io.floodmark.quality;

/**
 * What is usual in some months of the year.
 *
 * @param fromMonth first month, 1 to 12
 * @param toMonth last month, 1 to 12; before the first one if the season spans New Year
 * @param usual what values it brings
 */
public record Season(int fromMonth, int toMonth, Span usual) {
  private static final int MONTHS = 12;

  /**
   * Checks the months.
   *
   * @throws IllegalArgumentException if there is no such month
   */
  public Season {
    if (Math.min(fromMonth, toMonth) < 1 || Math.max(fromMonth, toMonth) > MONTHS) {
      throw new IllegalArgumentException("Months are 1 to 12: " + fromMonth + ", " + toMonth);
    }
  }

  /** Whether a month, 1 to 12, belongs to it. */
  public boolean contains(int month) {
    return fromMonth <= toMonth
        ? month >= fromMonth && month <= toMonth
        : month >= fromMonth || month <= toMonth;
  }
}
