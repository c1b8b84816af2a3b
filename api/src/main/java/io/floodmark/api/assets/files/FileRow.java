package io.floodmark.api.assets.files;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row as it stands in its file.
 *
 * @param number as its user sees it: the line on which a CSV record begins, the number at the left
 *     of an Excel row, the place of a GeoJSON feature counted from 1
 * @param id the id of a GeoJSON feature that has one
 * @param cells column to text, in the order of the header; an absent or empty cell is not in it
 * @param position the geometry of a GeoJSON feature; other formats have their points in cells
 * @param problems why the row cannot be taken as it stands; empty for a good row
 */
public record FileRow(
    long number,
    Optional<String> id,
    Map<String, String> cells,
    Optional<Position> position,
    List<RowProblem> problems) {

  /** Copies what it is given. */
  public FileRow {
    cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    problems = List.copyOf(problems);
  }

  /** The text of a cell. */
  public Optional<String> cell(String column) {
    return Optional.ofNullable(cells.get(column));
  }

  /** Whether nothing at all stands in it, as in the rows that spreadsheets leave at their end. */
  boolean isEmpty() {
    return id.isEmpty() && cells.isEmpty() && position.isEmpty() && problems.isEmpty();
  }
}
