package io.floodmark.reading;

/** The flags of QARTOD, as stored and shown. */
public enum QualityFlag {
  /** Passed. */
  GOOD(1),
  /** No test could say anything. */
  NOT_EVALUATED(2),
  /** Suspect, or of high interest. */
  SUSPECT(3),
  /** Failed. */
  BAD(4),
  /** No value where there should be one. */
  MISSING(9);

  private final int code;

  QualityFlag(int code) {
    this.code = code;
  }

  /** The number of the flag: 1, 2, 3, 4 or 9. */
  public int code() {
    return code;
  }
}
