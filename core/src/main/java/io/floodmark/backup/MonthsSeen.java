package io.floodmark.backup;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which months have readings, seen as their rows pass by, so that nobody has to read them twice: on
 * plain PostgreSQL each is to have its partition before they come back.
 */
final class MonthsSeen {
  private static final String TABLE = "reading";
  private static final String COLUMN = "observed_at";

  /** Of {@code 2026-11-22 17:25:00+00}. */
  private static final int MONTH_LENGTH = "2026-11".length();

  private final Set<YearMonth> months = new HashSet<>();
  private String last = "";

  /** Looks at the rows of one table. */
  @FunctionalInterface
  interface Column {
    /** Looks at {@code row}, in the text format of COPY. */
    void note(byte[] row);
  }

  /** What looks at the rows of {@code table}: only readings are kept by month. */
  Column of(Catalog.Table table) {
    int index = table.name().equals(TABLE) ? table.columns().indexOf(COLUMN) : -1;
    return index < 0 ? row -> {} : row -> note(row, index);
  }

  /** In their order. */
  List<YearMonth> all() {
    return sorted(months);
  }

  private void note(byte[] row, int index) {
    int from = 0;
    // A tab within a value is escaped, so each of them ends one.
    for (int tabs = 0; tabs < index && from < row.length; from++) {
      if (row[from] == '\t') {
        tabs++;
      }
    }
    if (from + MONTH_LENGTH > row.length) {
      return;
    }
    String month = new String(row, from, MONTH_LENGTH, StandardCharsets.US_ASCII);
    if (!month.equals(last)) {
      last = month;
      add(month);
    }
  }

  private void add(String month) {
    try {
      months.add(YearMonth.parse(month));
    } catch (DateTimeException e) {
      // Of a year of five digits or before Christ: such rows stay in the default partition.
      last = month;
    }
  }

  private static List<YearMonth> sorted(Collection<YearMonth> months) {
    return months.stream().sorted().toList();
  }
}
