package io.floodmark.bench.nowcast;

import io.floodmark.nowcast.WaterSample;
import io.floodmark.sim.replay.RecordedFile;
import io.floodmark.sim.replay.RecordedFile.Depth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recorded depths, by sensor and time. */
public final class RecordedSeries {
  private RecordedSeries() {}

  /**
   * Reads them.
   *
   * @param columns a column mapping as {@code sim --replay} takes it, with depth_mm
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException with the line and what is wrong there
   */
  public static Map<String, List<WaterSample>> read(Path file, String columns) throws IOException {
    Map<String, List<WaterSample>> series = new LinkedHashMap<>();
    for (Depth depth : RecordedFile.depths(file, columns)) {
      List<WaterSample> samples = series.computeIfAbsent(depth.code(), unseen -> new ArrayList<>());
      boolean newer = samples.isEmpty() || depth.at().isAfter(samples.get(samples.size() - 1).at());
      if (newer) {
        samples.add(new WaterSample(depth.at(), depth.depthMm()));
      }
    }
    return series;
  }
}
