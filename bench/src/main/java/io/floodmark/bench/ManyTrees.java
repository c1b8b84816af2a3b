package io.floodmark.bench;

import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** 100,000 made-up trees on a regular grid over a ward of 8 by 5 kilometres, some with plates. */
final class ManyTrees {
  static final int COUNT = 100_000;

  /** The grid: 400 columns by 250 rows. */
  static final int COLUMNS = 400;

  static final double WEST = 106.03;
  static final double SOUTH = 20.93;

  /** Between two trees, in degrees. */
  static final double STEP = 0.0002;

  private static final String TREES =
      """
      INSERT INTO asset (kind, ref, lon, lat, street, details, made_up, created_at, updated_at)
      SELECT 'tree', 'B' || n, %1$s + (n %% %3$d) * %4$s, %2$s + (n / %3$d) * %4$s, 'Đường ' || (n / 500),
             jsonb_build_object('species', 'Delonix regia', 'commonName', 'Phượng vĩ', 'trunkDiameterMm', 200 + n %% 400,
                                'heightMm', 6000, 'plantedYear', 1990 + n %% 30, 'condition', 'good', 'risk', 'low',
                                'decreeCategory', 'shade'),
             true, now(), now()
      FROM generate_series(0, %5$d) n
      """;

  private ManyTrees() {}

  static void plant(Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TREES.formatted(WEST, SOUTH, COLUMNS, STEP, COUNT - 1));
      statement.execute("VACUUM ANALYZE asset");
    }
  }
}
