package io.floodmark.bench.nowcast;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often something was told, and came. Not thread-safe. */
final class Hits {
  private int hits;
  private int misses;
  private int falseAlarms;
  private int quiet;

  void add(boolean told, boolean came) {
    hits += told && came ? 1 : 0;
    misses += !told && came ? 1 : 0;
    falseAlarms += told && !came ? 1 : 0;
    quiet += !told && !came ? 1 : 0;
  }

  void add(Hits other) {
    hits += other.hits;
    misses += other.misses;
    falseAlarms += other.falseAlarms;
    quiet += other.quiet;
  }

  /** Share of what came that was told. */
  double pod() {
    return ratio(hits, hits + misses);
  }

  /** Share of what was told that did not come. */
  double far() {
    return ratio(falseAlarms, hits + falseAlarms);
  }

  /** Hits among all that came or was told. */
  double csi() {
    return ratio(hits, hits + misses + falseAlarms);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("pod", Figures.rounded(pod()));
    figures.put("far", Figures.rounded(far()));
    figures.put("csi", Figures.rounded(csi()));
    figures.put("hits", hits);
    figures.put("misses", misses);
    figures.put("falseAlarms", falseAlarms);
    figures.put("quiet", quiet);
    return figures;
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
