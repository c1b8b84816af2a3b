package io.floodmark.bench.nowcast;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures for reading. */
final class Figures {
  private Figures() {}

  /** To three decimals; null for what there is none of, for JSON has no other word. */
  static Double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1_000) / 1_000.0 : null;
  }

  /** The value below which {@code share} of them lie; NaN of none. */
  static double quantile(List<Double> values, double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  /** Median, p10 and p90. */
  static Map<String, Object> spread(List<Double> values) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("count", values.size());
    figures.put("p10", rounded(quantile(values, 0.1)));
    figures.put("median", rounded(quantile(values, 0.5)));
    figures.put("p90", rounded(quantile(values, 0.9)));
    return figures;
  }
}
