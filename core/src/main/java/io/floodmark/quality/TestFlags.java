package io.floodmark.quality;

/**
 * The flags of one reading, test by test. Immutable.
 *
 * @param bits three for each test, from the lowest by its number: 0 not run, 5 for flag 9, else the
 *     flag itself
 */
public record TestFlags(long bits) {
  /** No test was run. */
  public static final TestFlags NONE = new TestFlags(0);

  private static final int BITS = 3;
  private static final long MASK = 7;
  private static final int MISSING_STORED = 5;

  /** The lowest bit of each test. */
  private static final long LOWEST = 0x1249249249249249L;

  /** In how many tests there can be two bits each, see {@link #inTwoBits}. */
  private static final int TESTS_IN_TWO_BITS = 13;

  /** What flags come to, by which of them there are: a bit for each as it is stored. */
  private static final QualityFlag[] OVERALL = overallBySeen();

  /** The same with the flag of one more test, or another flag of it. */
  public TestFlags with(QualityTest test, QualityFlag flag) {
    return new TestFlags(with(bits, test, flag));
  }

  /** The same for {@link #bits}, for whoever gathers the flags of many tests. */
  public static long with(long bits, QualityTest test, QualityFlag flag) {
    int shift = test.number() * BITS;
    long stored = flag == QualityFlag.MISSING ? MISSING_STORED : flag.code();
    return (bits & ~(MASK << shift)) | (stored << shift);
  }

  /** The flag of a test; {@link QualityFlag#NOT_EVALUATED} also if it was not run. */
  public QualityFlag of(QualityTest test) {
    int stored = (int) ((bits >>> (test.number() * BITS)) & MASK);
    if (stored == 0) {
      return QualityFlag.NOT_EVALUATED;
    }
    return stored == MISSING_STORED ? QualityFlag.MISSING : QualityFlag.of(stored);
  }

  /** What all of them come to, by QARTOD's order of precedence. */
  public QualityFlag overall() {
    // Asked several times of each reading, so it does not go through the tests one by one.
    int seen = 0;
    for (long left = bits; left != 0; left >>>= BITS) {
      seen |= 1 << (left & MASK);
    }
    return OVERALL[seen];
  }

  /** Whether none of the tests calls it suspect, bad or missing. */
  public boolean arePassed() {
    // 0, 1 and 2 are left: not run, good and not evaluated.
    return (bits & (LOWEST << 2)) == 0 && (bits & (bits >>> 1) & LOWEST) == 0;
  }

  /**
   * The same in two bits for each of the first 13 tests, where no flag is graver than suspect; -1
   * otherwise. SQL function {@code qc_tests_of} turns it back.
   */
  public int inTwoBits() {
    int packed = 0;
    int shift = 0;
    for (long left = bits; left != 0; left >>>= BITS) {
      long flag = left & MASK;
      if (flag > 3 || shift == TESTS_IN_TWO_BITS * 2) {
        return -1;
      }
      packed |= (int) flag << shift;
      shift += 2;
    }
    return packed;
  }

  private static QualityFlag[] overallBySeen() {
    QualityFlag[] bySeen = new QualityFlag[1 << (MASK + 1)];
    for (int seen = 0; seen < bySeen.length; seen++) {
      QualityFlag overall = QualityFlag.MISSING;
      for (QualityFlag flag : QualityFlag.values()) {
        int stored = flag == QualityFlag.MISSING ? MISSING_STORED : flag.code();
        overall = (seen & 1 << stored) == 0 ? overall : overall.and(flag);
      }
      bySeen[seen] = seen == 0 ? QualityFlag.NOT_EVALUATED : overall;
    }
    return bySeen;
  }
}
