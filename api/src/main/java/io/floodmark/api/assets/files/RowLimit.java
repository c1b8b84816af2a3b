package io.floodmark.api.assets.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The limits on rows that all formats share. */
final class RowLimit {
  private RowLimit() {}

  /** One row more. */
  static long next(long rows, FileLimits limits) throws FileProblemException {
    if (rows >= limits.rows()) {
      throw new FileProblemException(
          ProblemKeys.FILE_ROWS, Map.of("limit", Long.toString(limits.rows())));
    }
    return rows + 1;
  }

  /** That something stands to the right of the header's last column. */
  static Optional<RowProblem> moreCells(long row, List<String> cells, Columns columns) {
    int headed = columns.names().size();
    return cells.stream()
        .skip(headed)
        .filter(cell -> !cell.isEmpty())
        .findFirst()
        .map(
            extra ->
                new RowProblem(
                    row,
                    Optional.empty(),
                    ProblemKeys.ROW_MORE_CELLS,
                    Map.of(
                        "count",
                        Integer.toString(cells.size()),
                        "columns",
                        Integer.toString(headed),
                        RowProblem.CELL,
                        RowProblem.shortened(extra))));
  }
}
