package io.floodmark.surface;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one rain gauge has measured of late. Pure and immutable.
 *
 * @param falls what fell in stretches of five minutes, oldest first, none much older than {@link
 *     #WINDOW}; stretches without rain are left out
 * @param lastAt event time of the newest reading; {@link Instant#MIN} before the first
 */
public record Rainfall(List<Fall> falls, Instant lastAt) {
  /** Streets stand under water for so long after the rain that flooded them. */
  public static final Duration WINDOW = Duration.ofMinutes(90);

  /** So much rain within the window may flood a street. */
  public static final double FLOODING_MM = 2;

  /** Before the first reading. */
  public static final Rainfall NONE = new Rainfall(List.of(), Instant.MIN);

  /** A gauge that has said nothing for so long says nothing of the weather. */
  private static final Duration SPEAKS_FOR = Duration.ofMinutes(15);

  private static final Duration STRETCH = Duration.ofMinutes(5);

  /**
   * Rain within five minutes.
   *
   * @param from when they began
   * @param rainMm what fell
   */
  public record Fall(Instant from, double rainMm) {}

  /** Copies the list. */
  public Rainfall {
    falls = List.copyOf(falls);
  }

  /**
   * The rainfall after one more good reading, newer than those before.
   *
   * @param at event time
   * @param rainMm since the reading before, 0 or more
   */
  public Rainfall with(Instant at, double rainMm) {
    Instant oldest = at.minus(WINDOW).minus(STRETCH);
    List<Fall> kept = new ArrayList<>();
    for (Fall fall : falls) {
      if (fall.from().isAfter(oldest)) {
        kept.add(fall);
      }
    }
    if (rainMm > 0) {
      int last = kept.size() - 1;
      if (last >= 0 && at.isBefore(kept.get(last).from().plus(STRETCH))) {
        Fall fall = kept.get(last);
        double sumMm = Minutes.rounded(fall.rainMm() + rainMm);
        kept.set(last, new Fall(fall.from(), sumMm));
      } else {
        kept.add(new Fall(at, rainMm));
      }
    }
    return new Rainfall(kept, at);
  }

  /** What the gauge says of the streets around it. */
  public Backing backing() {
    double laterMm = 0;
    for (int i = falls.size() - 1; i >= 0; i--) {
      laterMm += falls.get(i).rainMm();
      if (laterMm >= FLOODING_MM) {
        return new Backing(falls.get(i).from().plus(WINDOW), opposedUntil());
      }
    }
    return new Backing(Instant.MIN, opposedUntil());
  }

  /** Rain between then and the newest reading, by stretches of five minutes, mm. */
  public double sinceMm(Instant from) {
    return falls.stream()
        .filter(fall -> !fall.from().isBefore(from))
        .mapToDouble(Fall::rainMm)
        .sum();
  }

  private Instant opposedUntil() {
    return lastAt.equals(Instant.MIN) ? Instant.MIN : lastAt.plus(SPEAKS_FOR);
  }
}
