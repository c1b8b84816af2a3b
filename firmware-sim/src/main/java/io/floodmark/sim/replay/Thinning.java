package io.floodmark.sim.replay;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which rows are left out, as on a bad network: exactly that share of them, the same for the same
 * seed.
 *
 * @param percent of the rows, 0 to 100
 * @param runLength rows that go missing together, 1 or more; the last run may be shorter
 * @param seed draws them
 */
public record Thinning(double percent, int runLength, long seed) {
  /** Nothing is left out. */
  public static final Thinning NONE = new Thinning(0, 1, 0);

  public Thinning {
    // Written so that NaN fails as well.
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("A share to drop must be 0 to 100 percent.");
    }
    if (runLength < 1) {
      throw new IllegalArgumentException("A run of dropped rows must be 1 or more.");
    }
  }

  /** The positions of the rows to leave out, of {@code rows}. */
  BitSet removed(int rows) {
    long wanted = Math.round(rows * percent / 100);
    List<Integer> runs = new ArrayList<>();
    for (int first = 0; first < rows; first += runLength) {
      runs.add(first);
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < runs.size(); i++) {
      Collections.swap(runs, i, random.nextInt(i, runs.size()));
    }
    BitSet removed = new BitSet(rows);
    int count = 0;
    for (int first : runs) {
      for (int row = first; row < Math.min(rows, first + runLength) && count < wanted; row++) {
        removed.set(row);
        count++;
      }
    }
    return removed;
  }
}
