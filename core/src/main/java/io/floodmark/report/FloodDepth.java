package io.floodmark.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How deep the water stands, as somebody without a ruler sees it on a leg or a motorbike. The bands
 * follow one another without a gap; each picture lies inside its own.
 */
public enum FloodDepth {
  /** To the ankle bone of an adult, 7 to 9 cm over the ground: the shoe is full. */
  ANKLE(20, 150),
  /**
   * To half a motorbike's wheel: an underbone's 17-inch tyre stands about 56 cm high, so its axle
   * is at 28 cm, and with it the mouth of many exhausts.
   */
  HALF_WHEEL(150, 350),
  /** To the knee of an adult, 42 to 50 cm: hard to walk where it flows. */
  KNEE(350, 600),
  /** To a motorbike's handlebar, 90 to 105 cm, and everything beyond: nobody should enter. */
  HANDLEBAR(600, 1200);

  private final int minMm;
  private final int maxMm;

  FloodDepth(int minMm, int maxMm) {
    this.minMm = minMm;
    this.maxMm = maxMm;
  }

  /** Least depth that looks like this, millimetres. */
  public int minMm() {
    return minMm;
  }

  /** Greatest depth that looks like this, millimetres; the last band is open above it. */
  public int maxMm() {
    return maxMm;
  }

  /** As it stands in the database and in forms. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The depth of that key. */
  public static Optional<FloodDepth> find(String key) {
    return Arrays.stream(values()).filter(depth -> depth.key().equals(key)).findFirst();
  }
}
