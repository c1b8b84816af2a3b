package io.floodmark.bench.ingest;

import io.floodmark.schema.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sensors of the bench: two hundred metres apart, all with one token. */
final class BenchSensors {
  static final String TOKEN = "bench-token-of-a-length";

  private static final int MOUNT_HEIGHT_MM = 3_000;

  private BenchSensors() {}

  /** Registers so many, whose codes are that prefix and a number from 0 on. */
  static void register(Database database, String prefix, int sensors) throws IOException {
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, token_sha256)
                SELECT ? || n, 'Điểm ' || n, 'distance', 106 + (n % 100) * 0.002,
                  20.9 + (n / 100) * 0.002, ?, sha256(convert_to(?, 'UTF8'))
                FROM generate_series(0, ?) AS n
                """)) {
      insert.setString(1, prefix);
      insert.setInt(2, MOUNT_HEIGHT_MM);
      insert.setString(3, TOKEN);
      insert.setInt(4, sensors - 1);
      insert.execute();
    } catch (SQLException e) {
      throw new IOException("The sensors of the bench could not be registered.", e);
    }
  }
}
