package io.floodmark.sim.replay;

import io.floodmark.sim.csv.CsvTable;
import io.floodmark.sim.reading.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A recorded event, read without being played. */
public final class RecordedFile {
  private RecordedFile() {}

  /**
   * A depth that was recorded.
   *
   * @param code the sensor that it is taken for
   * @param at when
   * @param depthMm under the sensor
   */
  public record Depth(String code, Instant at, int depthMm) {}

  /**
   * The depths in a file, by time; rows without one are left out.
   *
   * @param mapping as {@link ColumnMapping} reads it, with depth_mm
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException with the line, or the column that is missing
   */
  public static List<Depth> depths(Path file, String mapping) throws IOException {
    ColumnMapping columns = ColumnMapping.parse(mapping);
    CsvTable table = CsvTable.read(file);
    columns.checkAgainst(table.columns());
    List<Depth> depths = new ArrayList<>();
    for (CsvTable.Row row : table.rows()) {
      RecordedReading recorded = columns.map(row);
      recorded
          .reading()
          .find(Field.DEPTH_MM)
          .ifPresent(
              depthMm -> depths.add(new Depth(recorded.code(), recorded.at(), depthMm.intValue())));
    }
    depths.sort(Comparator.comparing(Depth::at));
    return depths;
  }
}
