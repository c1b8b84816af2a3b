package io.floodmark.e2e.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** Rows for every table that holds something, by the release that brought the table. */
final class ReleasedRows {
  private static final List<String> STEPS = List.of("001", "005", "011", "014", "015");

  private ReleasedRows() {}

  /** Fills empty tables of step {@code release}, as {@code 011}, or later. */
  static void addTo(Connection connection, String release) throws SQLException, IOException {
    for (String step : STEPS) {
      if (step.compareTo(release) <= 0) {
        execute(connection, "rows-" + step + ".sql");
      }
    }
  }

  /** Further ones, of step {@code 020}, once those of {@code 015} were migrated to it or later. */
  static void addAfterMigration(Connection connection) throws SQLException, IOException {
    execute(connection, "rows-020.sql");
  }

  /** Executes one file of the folder {@code released}. */
  private static void execute(Connection connection, String file) throws SQLException, IOException {
    try (InputStream in =
            Objects.requireNonNull(
                ReleasedRows.class.getResourceAsStream("released/" + file), file);
        Statement statement = connection.createStatement()) {
      statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
