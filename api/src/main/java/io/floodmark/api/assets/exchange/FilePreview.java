package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.files.AbsentText;
import io.floodmark.api.assets.files.AssetFile;
import io.floodmark.api.assets.files.Columns;
import io.floodmark.api.assets.files.FileProblemException;
import io.floodmark.api.assets.files.FileRow;
import io.floodmark.api.assets.files.RowProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The beginning of a list, to choose its columns by.
 *
 * @param columns of the header
 * @param samples of each column, at most three that differ, by its name
 * @param absent words that likely mean nothing, with how many cells hold them
 * @param sheets of a workbook
 * @param hasPoints whether the rows bring points of their own, as GeoJSON does
 */
public record FilePreview(
    Columns columns,
    Map<String, List<String>> samples,
    Map<String, Long> absent,
    List<String> sheets,
    boolean hasPoints) {
  /** Enough to meet each word that means nothing; a table of two thousand trees is read whole. */
  private static final int ROWS = 5_000;

  private static final int SAMPLES = 3;

  /** Reads the beginning of {@code file}, which the caller closes. */
  static FilePreview of(AssetFile file) throws IOException, FileProblemException {
    AbsentText.Census census = new AbsentText.Census();
    Map<String, List<String>> samples = new LinkedHashMap<>();
    file.columns().names().forEach(name -> samples.put(name, new ArrayList<>()));
    boolean points = false;
    for (int i = 0; i < ROWS; i++) {
      Optional<FileRow> row = file.next();
      if (row.isEmpty()) {
        break;
      }
      census.add(row.get());
      points |= row.get().position().isPresent();
      row.get()
          .cells()
          .forEach(
              (column, cell) -> {
                List<String> seen = samples.getOrDefault(column, new ArrayList<>());
                String shown = RowProblem.shortened(cell);
                if (seen.size() < SAMPLES && !seen.contains(shown)) {
                  seen.add(shown);
                }
              });
    }
    Map<String, Long> absent =
        census.columns().stream()
            .flatMap(column -> census.suggestions(column).stream())
            .collect(
                Collectors.toMap(
                    AbsentText.Marker::text,
                    AbsentText.Marker::count,
                    Long::sum,
                    LinkedHashMap::new));
    return new FilePreview(file.columns(), samples, absent, file.sheets(), points);
  }
}
