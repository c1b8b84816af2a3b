package io.floodmark.api.assets.files;

import java.util.Map;
import java.util.Optional;

/**
 * Why one row cannot be taken, in the file's own words.
 *
 * @param row the row's {@link FileRow#number}
 * @param column the file's name of the column, where one is at fault
 * @param key of the sentence
 * @param values for the sentence's placeholders; {@value #CELL} is the cell as it stands, shortened
 */
public record RowProblem(
    long row, Optional<String> column, String key, Map<String, String> values) {

  /** The placeholder for the cell as it stands in the file. */
  public static final String CELL = "cell";

  private static final int SHOWN_CHARS = 120;

  /** Copies the values. */
  public RowProblem {
    values = Map.copyOf(values);
  }

  /** At most 120 characters of a cell, so that a sentence stays one. */
  public static String shortened(String cell) {
    if (cell.length() <= SHOWN_CHARS) {
      return cell;
    }
    int end = SHOWN_CHARS - 1;
    return cell.substring(0, Character.isHighSurrogate(cell.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  static RowProblem tooLong(long row, String column, String cell, int limit) {
    return new RowProblem(
        row,
        Optional.of(column),
        ProblemKeys.CELL_LONG,
        Map.of(CELL, shortened(cell), "limit", Integer.toString(limit)));
  }
}
