package io.floodmark.bench;

import io.floodmark.bench.program.ServerUnderTest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code asset import} of 100,000 trees into the database of a running server. */
final class Import {
  private Import() {}

  static Measurement prepare(ServerUnderTest server) throws IOException {
    Path file = server.folder().resolve("trees.csv");
    write(file);
    return () -> {
      clear(server);
      double seconds =
          server.command(List.of("asset", "import", "--kind", "tree", file.toString()));
      return Map.of("secondsFor100000", seconds);
    };
  }

  private static void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "ref,lon,lat,street,species,common_name,trunk_diameter_cm,height_m,planted_year,"
              + "condition,risk,decree_category\n");
      for (int i = 0; i < ManyTrees.COUNT; i++) {
        int column = i % ManyTrees.COLUMNS;
        int row = i / ManyTrees.COLUMNS;
        out.write(
            String.format(
                Locale.ROOT,
                "B%d,%.6f,%.6f,Đường %d,Delonix regia,Phượng vĩ,%d,6.5,%d,good,low,shade\n",
                i,
                ManyTrees.WEST + column * ManyTrees.STEP,
                ManyTrees.SOUTH + row * ManyTrees.STEP,
                i / 500,
                20 + i % 40,
                1990 + i % 30));
      }
    }
  }

  /** Back to an empty register: history refuses TRUNCATE but for whoever owns the trigger. */
  private static void clear(ServerUnderTest server) throws IOException {
    try (Connection connection = server.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE asset_history DISABLE TRIGGER asset_history_append_only");
      statement.execute("ALTER TABLE care_record DISABLE TRIGGER care_record_append_only");
      statement.execute("ALTER TABLE plate_event DISABLE TRIGGER plate_event_append_only");
      statement.execute("ALTER TABLE report_event DISABLE TRIGGER report_event_append_only");
      statement.execute("TRUNCATE asset CASCADE");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
