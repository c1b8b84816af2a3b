package io.floodmark.api.assets.files;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of a file, in order and in the file's own words.
 *
 * @param names the columns, each there once and none empty; there may be none
 */
public record Columns(List<String> names) {

  /** Refuses an empty or a repeated name: {@link #read} says so in a sentence. */
  public Columns {
    names = List.copyOf(names);
    if (names.contains("") || Set.copyOf(names).size() != names.size()) {
      throw new IllegalArgumentException("Columns need names, each its own: " + names);
    }
  }

  /**
   * The header out of the cells of its row. Empty cells at its end are the spreadsheet's, not the
   * author's, and are left out.
   */
  static Columns read(List<String> cells, FileLimits limits) throws FileProblemException {
    int end = cells.size();
    while (end > 0 && cells.get(end - 1).isBlank()) {
      end--;
    }
    if (end == 0) {
      throw new FileProblemException(ProblemKeys.HEADER_NONE, Map.of());
    }
    checkCount(end, limits);
    List<String> nameless = new ArrayList<>();
    List<String> repeated = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < end; i++) {
      String name = cells.get(i);
      if (name.isBlank()) {
        nameless.add((i + 1) + " (" + letters(i) + ")");
      } else if (!seen.add(name.strip()) && !repeated.contains(name.strip())) {
        // Names that only their spaces tell apart cannot be told apart by a reader.
        repeated.add(name.strip());
      }
      if (name.length() > limits.cellChars()) {
        throw new FileProblemException(
            ProblemKeys.HEADER_LONG,
            Map.of("column", letters(i), "limit", Integer.toString(limits.cellChars())));
      }
    }
    if (!nameless.isEmpty()) {
      throw new FileProblemException(
          ProblemKeys.HEADER_EMPTY, Map.of("columns", String.join(", ", nameless)));
    }
    if (!repeated.isEmpty()) {
      throw new FileProblemException(
          ProblemKeys.HEADER_REPEATED, Map.of("columns", String.join(", ", repeated)));
    }
    return new Columns(cells.subList(0, end));
  }

  static void checkCount(int count, FileLimits limits) throws FileProblemException {
    if (count > limits.columns()) {
      throw new FileProblemException(
          ProblemKeys.FILE_COLUMNS, Map.of("limit", Integer.toString(limits.columns())));
    }
  }

  /** The letters over a column in a spreadsheet: 0 is A, 26 is AA. */
  static String letters(int index) {
    StringBuilder letters = new StringBuilder();
    for (int rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
      letters.insert(0, (char) ('A' + (rest - 1) % 26));
    }
    return letters.toString();
  }
}
