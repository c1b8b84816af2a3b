package io.floodmark.api.assets.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Words that stand for “nothing here”, such as {@code None}. Never applied in silence: who imports
 * is offered {@link Census#suggestions} and chooses. Compared without case and outer spaces.
 */
public final class AbsentText {
  /** What other programs write where they have nothing. */
  private static final Set<String> KNOWN =
      Set.of(
          "none",
          "null",
          "nil",
          "nan",
          "n/a",
          "#n/a",
          "na",
          "-",
          "--",
          "—",
          "<null>",
          "(null)",
          "undefined",
          "không có",
          "không rõ",
          "chưa có",
          "chưa rõ");

  private final Set<String> markers;

  private AbsentText(Set<String> markers) {
    this.markers = markers;
  }

  /** Takes these words for nothing. */
  public static AbsentText of(Set<String> markers) {
    return new AbsentText(markers.stream().map(AbsentText::folded).collect(Collectors.toSet()));
  }

  /** Whether a cell says nothing: it is blank or one of the words. */
  public boolean matches(String cell) {
    return cell.isBlank() || markers.contains(folded(cell));
  }

  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /** Counts likely markers while the rows of a dry run pass by. For one thread. */
  public static final class Census {
    private final Map<String, Map<String, Long>> countsByColumn = new HashMap<>();

    /** Looks at one row. */
    public void add(FileRow row) {
      row.cells()
          .forEach(
              (column, cell) -> {
                // Longer than any of the words: not worth folding.
                if (cell.length() <= 16 && KNOWN.contains(folded(cell))) {
                  countsByColumn
                      .computeIfAbsent(column, c -> new TreeMap<>())
                      .merge(cell.strip(), 1L, Long::sum);
                }
              });
    }

    /** The markers of a column as they are written there, the most frequent first. */
    public List<Marker> suggestions(String column) {
      List<Marker> markers = new ArrayList<>();
      countsByColumn
          .getOrDefault(column, Map.of())
          .forEach((text, count) -> markers.add(new Marker(text, count)));
      markers.sort((a, b) -> Long.compare(b.count(), a.count()));
      return List.copyOf(markers);
    }

    /** The columns that have any, in alphabetical order. */
    public Set<String> columns() {
      return new TreeSet<>(countsByColumn.keySet());
    }
  }

  /**
   * A word that likely means nothing.
   *
   * @param text as it is written in the file
   * @param count how many cells of the column hold it
   */
  public record Marker(String text, long count) {}
}
