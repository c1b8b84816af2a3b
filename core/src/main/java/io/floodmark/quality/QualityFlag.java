package io.floodmark.quality;

/** The flags of QARTOD, as stored and shown. */
public enum QualityFlag {
  // In the order in which they give way to each other: the reference implementation aggregates by
  // it (ioos_qc, qartod_compare).
  /** No value where there should be one. */
  MISSING(9),
  /** No test could say anything. */
  NOT_EVALUATED(2),
  /** Passed. */
  GOOD(1),
  /** Suspect, or of high interest. */
  SUSPECT(3),
  /** Failed. */
  BAD(4);

  private static final QualityFlag[] ALL = values();

  private final int code;

  QualityFlag(int code) {
    this.code = code;
  }

  /** The number of the flag: 1, 2, 3, 4 or 9. */
  public int code() {
    return code;
  }

  /** Whether a reading of this flag is doubted: suspect or failed. */
  public boolean isDoubt() {
    return this == SUSPECT || this == BAD;
  }

  /** What one reading comes to that has this flag by one test and {@code other} by another. */
  public QualityFlag and(QualityFlag other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /**
   * The flag of that number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static QualityFlag of(int code) {
    for (QualityFlag flag : ALL) {
      if (flag.code == code) {
        return flag;
      }
    }
    throw new IllegalArgumentException("No flag of QARTOD: " + code);
  }
}
