package io.floodmark.api.sensors.health;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many readings are doubted, and why.
 *
 * @param readings how many there are
 * @param doubted how many of them are suspect or bad
 * @param byReason how many for each reason, the most frequent first; one reading may have several
 */
public record Doubts(long readings, long doubted, Map<QualityReason, Long> byReason) {
  /** Keeps the order. */
  public Doubts {
    byReason = Collections.unmodifiableMap(new LinkedHashMap<>(byReason));
  }

  /**
   * Readings that were judged alike.
   *
   * @param flag QARTOD's, as it stands
   * @param reasons bits of {@link QualityReason}
   */
  public record Group(int flag, int reasons, long readings) {}

  /** Those groups, counted. */
  public static Doubts of(List<Group> groups) {
    long readings = 0;
    long doubted = 0;
    Map<QualityReason, Long> counts = new EnumMap<>(QualityReason.class);
    for (Group group : groups) {
      readings += group.readings();
      if (QualityFlag.of(group.flag()).isDoubt()) {
        doubted += group.readings();
        for (QualityReason reason : QualityReason.ofBits(group.reasons())) {
          counts.merge(reason, group.readings(), Long::sum);
        }
      }
    }
    Map<QualityReason, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<QualityReason, Long>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return new Doubts(readings, doubted, sorted);
  }

  /** The share of {@code count} readings, in percent. */
  public double percent(long count) {
    return readings == 0 ? 0 : 100.0 * count / readings;
  }
}
