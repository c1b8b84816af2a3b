package io.floodmark.quality;

import java.util.Arrays;
import java.util.List;

/** Flags and values in short, for tests. */
final class Flags {
  /** A missing value. */
  static final double NO = Double.NaN;

  private Flags() {}

  static List<Integer> codes(QualityFlag[] flags) {
    return Arrays.stream(flags).map(QualityFlag::code).toList();
  }

  static QualityFlag[] flags(int... codes) {
    return Arrays.stream(codes).mapToObj(QualityFlag::of).toArray(QualityFlag[]::new);
  }

  /** Times of {@code count} samples, {@code seconds} apart. */
  static long[] every(int seconds, int count) {
    long[] times = new long[count];
    Arrays.setAll(times, i -> 1_767_225_600_000L + 1_000L * i * seconds);
    return times;
  }
}
