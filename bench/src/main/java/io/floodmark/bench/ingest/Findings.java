package io.floodmark.bench.ingest;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one run found. Confined to one thread. */
final class Findings {
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> processors = new LinkedHashMap<>();

  /** Notes a figure; its unit is at the end of the name. */
  void put(String name, double figure) {
    double scale = Math.abs(figure) >= 1_000 ? 1 : 1_000;
    figures.put(name, Math.round(figure * scale) / scale);
  }

  /** Notes who was busy meanwhile, as shares of one processor. */
  void putProcessors(String name, Map<String, Double> busy) {
    processors.put(name, busy);
  }

  Map<String, Double> figures() {
    return figures;
  }

  Map<String, Map<String, Double>> processors() {
    return processors;
  }
}
