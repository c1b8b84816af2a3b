package io.floodmark.bench.nowcast;

import io.floodmark.nowcast.WaterRun;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How the water under one sensor really went, in straight lines between known depths. Immutable.
 */
final class Truth {
  private static final double MILLIS_PER_MINUTE = 60_000.0;

  /** Between depths farther apart nothing is known. */
  private static final double GAP_MAX_MINUTES = 20;

  private final long[] atMillis;
  private final double[] depthMm;

  /**
   * Depths by time.
   *
   * @param atMillis rising
   * @param depthMm as many
   */
  Truth(long[] atMillis, double[] depthMm) {
    this.atMillis = atMillis.clone();
    this.depthMm = depthMm.clone();
  }

  /** The depth so many minutes after {@code from}; empty where that is not known. */
  OptionalDouble depthMm(Instant from, double minutes) {
    long at = from.toEpochMilli() + Math.round(minutes * MILLIS_PER_MINUTE);
    int after = firstAfter(at - 1);
    if (after == 0 || after == atMillis.length || isGap(after)) {
      return OptionalDouble.empty();
    }
    double way = (at - atMillis[after - 1]) / (double) (atMillis[after] - atMillis[after - 1]);
    return OptionalDouble.of(depthMm[after - 1] + way * (depthMm[after] - depthMm[after - 1]));
  }

  /**
   * Minutes from {@code from} until it is first as deep as {@code levelMm}; empty where it is not
   * within {@code minutesMax}.
   */
  OptionalDouble minutesToReach(Instant from, double levelMm, double minutesMax) {
    long begin = from.toEpochMilli();
    for (int i = firstAfter(begin); i < atMillis.length; i++) {
      if (i > 0 && atMillis[i - 1] > begin + minutesMax * MILLIS_PER_MINUTE) {
        break;
      }
      if (depthMm[i] >= levelMm) {
        double minutes = Math.max(0, (crossing(i, levelMm) - begin) / MILLIS_PER_MINUTE);
        return minutes <= minutesMax ? OptionalDouble.of(minutes) : OptionalDouble.empty();
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * Minutes from {@code from} until no water is seen for {@code dryFor}; empty where the record
   * ends before, or has a gap.
   */
  OptionalDouble minutesToEnd(Instant from, Duration dryFor) {
    long begin = from.toEpochMilli();
    int endedAt = -1;
    for (int i = firstAfter(begin - 1); i < atMillis.length; i++) {
      if (i > 0 && isGap(i)) {
        return OptionalDouble.empty();
      }
      if (depthMm[i] >= WaterRun.WET_FROM_MM) {
        endedAt = -1;
      } else if (endedAt < 0) {
        endedAt = i;
      } else if (atMillis[i] - atMillis[endedAt] >= dryFor.toMillis()) {
        double end = endedAt == 0 ? atMillis[0] : crossing(endedAt, WaterRun.WET_FROM_MM);
        return OptionalDouble.of(Math.max(0, (end - begin) / MILLIS_PER_MINUTE));
      }
    }
    return OptionalDouble.empty();
  }

  int size() {
    return atMillis.length;
  }

  Instant at(int i) {
    return Instant.ofEpochMilli(atMillis[i]);
  }

  double depthMm(int i) {
    return depthMm[i];
  }

  private boolean isGap(int i) {
    return atMillis[i] - atMillis[i - 1] > GAP_MAX_MINUTES * MILLIS_PER_MINUTE;
  }

  /** When the line to point i passes that depth. */
  private double crossing(int i, double levelMm) {
    if (i == 0 || depthMm[i] == depthMm[i - 1]) {
      return atMillis[i];
    }
    double way = (levelMm - depthMm[i - 1]) / (depthMm[i] - depthMm[i - 1]);
    return atMillis[i - 1] + Math.min(1, Math.max(0, way)) * (atMillis[i] - atMillis[i - 1]);
  }

  private int firstAfter(long millis) {
    int low = 0;
    int high = atMillis.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (atMillis[middle] > millis) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
