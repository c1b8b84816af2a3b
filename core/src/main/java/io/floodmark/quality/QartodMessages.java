package io.floodmark.quality;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The tests of QARTOD on when, where and in which form values came. What they say in odd cases is
 * what the reference implementation says (ioos_qc, {@code ioos_qc/qartod.py}). Times are
 * milliseconds since 1970, {@link #NO_TIME} where missing. Pure.
 */
public final class QartodMessages {
  /** Stands for a time that is missing. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final double EARTH_RADIUS_M = 6_371_000;
  private static final double LON_MAX = 180;
  private static final double LAT_MAX = 90;

  private QartodMessages() {}

  /** In what a message is measured. */
  public enum Length {
    /** Characters. */
    CHARACTERS,
    /** Bytes, each in two hexadecimal digits; an odd number of digits fails. */
    HEX_BYTES
  }

  /**
   * Test 1: silence before a value. What follows a longer one fails; the first takes the flag of
   * the second, and alone nothing is said of it.
   */
  public static QualityFlag[] timeGap(long[] times, long longestMillis) {
    QualityFlag[] flags = new QualityFlag[times.length];
    for (int i = 0; i < times.length; i++) {
      if (times[i] == NO_TIME) {
        flags[i] = QualityFlag.MISSING;
      } else if (i == 0 || times[i - 1] == NO_TIME) {
        flags[i] = QualityFlag.NOT_EVALUATED;
      } else {
        flags[i] = afterGap(times[i] - times[i - 1], longestMillis);
      }
    }
    // The reference gives a missing first the flag of the second, too.
    if (times.length > 1 && (times[0] == NO_TIME || times[1] != NO_TIME)) {
      flags[0] = flags[1];
    }
    return flags;
  }

  /** The flag of what follows so long a silence. */
  static QualityFlag afterGap(long silenceMillis, long longestMillis) {
    return silenceMillis > longestMillis ? QualityFlag.BAD : QualityFlag.GOOD;
  }

  /** Test 1 on arrival: values older than {@code oldestMillis} fail; later ones than now pass. */
  public static QualityFlag[] dataReception(long[] times, long oldestMillis, long now) {
    QualityFlag[] flags = new QualityFlag[times.length];
    Arrays.setAll(
        flags,
        i -> times[i] == NO_TIME ? QualityFlag.MISSING : afterGap(now - times[i], oldestMillis));
    return flags;
  }

  /** Times that cannot be: in the future, or outside {@code credible}. */
  public static QualityFlag[] impossibleDate(long[] times, long now, Optional<Span> credible) {
    QualityFlag[] flags = new QualityFlag[times.length];
    for (int i = 0; i < times.length; i++) {
      long time = times[i];
      boolean impossible =
          time > now || (credible.isPresent() && !credible.get().contains((double) time));
      if (time == NO_TIME) {
        flags[i] = QualityFlag.MISSING;
      } else {
        flags[i] = impossible ? QualityFlag.BAD : QualityFlag.GOOD;
      }
    }
    return flags;
  }

  /**
   * Test 2: messages of another length than agreed.
   *
   * @param expected their length, or with a delimiter the number of items between delimiters
   */
  public static QualityFlag[] syntax(
      String[] messages, int expected, Length unit, Optional<String> delimiter) {
    QualityFlag[] flags = new QualityFlag[messages.length];
    Arrays.setAll(
        flags,
        i -> {
          int length = messages[i].length();
          if (unit == Length.HEX_BYTES && length % 2 != 0) {
            return QualityFlag.BAD;
          }
          int measured =
              delimiter.isPresent()
                  ? messages[i].split(Pattern.quote(delimiter.get()), -1).length
                  : length / (unit == Length.HEX_BYTES ? 2 : 1);
          return measured == expected ? QualityFlag.GOOD : QualityFlag.BAD;
        });
    return flags;
  }

  /**
   * Test 3: positions that are none fail, also if only one coordinate is missing; those that moved
   * too far from the one before are suspect.
   *
   * @param lon degrees, NaN for missing
   * @param lat degrees, NaN for missing
   * @param furthestM how far a position may be from the one before, in metres
   */
  public static QualityFlag[] location(double[] lon, double[] lat, OptionalDouble furthestM) {
    QualityFlag[] flags = new QualityFlag[lon.length];
    for (int i = 0; i < lon.length; i++) {
      boolean noLon = Double.isNaN(lon[i]);
      boolean noLat = Double.isNaN(lat[i]);
      boolean moved =
          i > 0
              && furthestM.isPresent()
              && metres(lon[i - 1], lat[i - 1], lon[i], lat[i]) > furthestM.getAsDouble();
      if (noLon && noLat) {
        flags[i] = QualityFlag.MISSING;
      } else if (noLon || noLat || Math.abs(lon[i]) > LON_MAX || Math.abs(lat[i]) > LAT_MAX) {
        flags[i] = QualityFlag.BAD;
      } else {
        flags[i] = moved ? QualityFlag.SUSPECT : QualityFlag.GOOD;
      }
    }
    return flags;
  }

  /** Along the great circle, by the haversine formula. */
  private static double metres(double lon1, double lat1, double lon2, double lat2) {
    double sinLat = Math.sin(Math.toRadians(lat2 - lat1) / 2);
    double sinLon = Math.sin(Math.toRadians(lon2 - lon1) / 2);
    double a =
        sinLat * sinLat
            + Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2)) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)));
  }
}
