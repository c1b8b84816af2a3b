package io.floodmark.bench.alerts;

import io.floodmark.sim.street.LabelledSeries;
import io.floodmark.sim.street.RainSeries;
import io.floodmark.sim.street.StreetMix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The warnings of many simulated streets, each of another seed, or of recorded ones. */
public final class AlertsBench {
  private final StreetMix mix;

  /**
   * A bench over streets of that kind.
   *
   * @param mix what happens in each street
   */
  public AlertsBench(StreetMix mix) {
    this.mix = mix;
  }

  /**
   * Scores the streets of these seeds, both included, as many at a time as there are processors.
   *
   * @return the figures of each seed and, last and named {@code all}, of all of them together
   */
  public Map<String, Map<String, Object>> run(long firstSeed, long lastSeed) {
    Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
    AlertScore all = new AlertScore();
    LongStream.rangeClosed(firstSeed, lastSeed)
        .parallel()
        .mapToObj(seed -> Map.entry(seed, Streets.score(mix, seed)))
        .toList()
        .forEach(
            scored -> {
              figures.put("seed " + scored.getKey(), scored.getValue().figures());
              all.add(scored.getValue());
            });
    figures.put("all", all.figures());
    return figures;
  }

  /** Scores recorded series, with the rain that was recorded beside them. */
  public static Map<String, Object> score(List<LabelledSeries> recorded, List<RainSeries> rain) {
    return Streets.score(recorded, rain).figures();
  }
}
