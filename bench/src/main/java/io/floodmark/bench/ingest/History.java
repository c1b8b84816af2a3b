package io.floodmark.bench.ingest;

import io.floodmark.bench.load.LoadPlan;
import io.floodmark.bench.program.ServerUnderTest;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Readings of past months: 400 sensors, one a minute each, in the order in which they arrive. What
 * is in the rows is what the program itself has stored of a short load; only sensor and times are
 * others.
 */
final class History {
  /** Longer than that of what is measured on it afterwards. */
  private static final int DELAY_S = 120;

  private static final int SENSORS = 400;
  private static final int MINUTES_PER_DAY = 1_440;
  private static final int PATTERN_ROWS = 10_000;
  private static final int LOAD_SECONDS = 3;

  private static final String PATTERN =
      """
      CREATE UNLOGGED TABLE bench_pattern AS
      SELECT row_number() OVER () - 1 AS n, r.* FROM (SELECT * FROM reading LIMIT ?) AS r
      """;

  /** Months first: rows are not to pass through the partition for what has none. */
  private static final String MONTHS =
      """
      SELECT count(ensure_reading_partition(at))
      FROM generate_series(now() - make_interval(days => ?), now(), interval '1 day') AS at
      """;

  /** One day, that many days ago; it ends an hour before now, where the load begins. */
  private static final String DAY =
      """
      INSERT INTO reading (sensor_id, observed_at, lag_ms, flags, seq, measured_mm, depth_mm,
        low_point_delta_mm, temperature_centi, housing_centi, battery_mv, rssi_dbm, more)
      SELECT s.id, m.at + s.id * interval '137 ms', 300, p.flags, p.seq, p.measured_mm, p.depth_mm,
        p.low_point_delta_mm, p.temperature_centi, p.housing_centi, p.battery_mv, p.rssi_dbm, p.more
      FROM (
        SELECT n, date_trunc('minute', now()) - interval '1 hour' - make_interval(days => ?)
          + make_interval(mins => n) AS at
        FROM generate_series(1, ?) AS n
      ) AS m
      CROSS JOIN (SELECT id FROM sensor ORDER BY id) AS s
      JOIN bench_pattern p ON p.n = (m.n * 7 + s.id) % (SELECT count(*) FROM bench_pattern)
      ORDER BY m.at, s.id
      """;

  private History() {}

  /**
   * Registers the sensors and fills in their past.
   *
   * @param server over an empty database
   * @param readings how many at least, whole days of all sensors
   */
  static void fill(ServerUnderTest server, long readings) throws IOException {
    Database database = server.database();
    BenchSensors.register(database, Throughput.PREFIX, SENSORS);
    LoadProcess.run(
        new LoadPlan(
            server.mqttPort(),
            Throughput.PREFIX,
            BenchSensors.TOKEN,
            Throughput.CONNECTIONS,
            64,
            1,
            DELAY_S,
            PATTERN_ROWS / 2,
            0,
            LOAD_SECONDS));
    int days = (int) Math.ceil((double) readings / (SENSORS * MINUTES_PER_DAY));
    try (Connection connection = database.connect()) {
      update(connection, PATTERN, PATTERN_ROWS);
      update(connection, MONTHS, days + 1);
      for (int ago = days; ago > 0; ago--) {
        update(connection, DAY, ago, MINUTES_PER_DAY);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE bench_pattern");
        // As the database does by itself in time; a checkpoint comes with its next stop.
        statement.execute("VACUUM (ANALYZE) reading");
      }
    } catch (SQLException e) {
      throw new IOException("The past could not be filled in.", e);
    }
  }

  private static void update(Connection connection, String sql, int... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setInt(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  /** Bytes on disk of a reading, its share of the index included. */
  static double bytesPerReading(Database database) throws IOException {
    return number(
        database,
        """
        SELECT sum(pg_total_relation_size(relid))::float8 / (SELECT count(*) FROM reading)
        FROM pg_partition_tree('reading') WHERE isleaf
        """);
  }

  /** The same of the index alone. */
  static double indexBytesPerReading(Database database) throws IOException {
    return number(
        database,
        """
        SELECT sum(pg_indexes_size(relid))::float8 / (SELECT count(*) FROM reading)
        FROM pg_partition_tree('reading') WHERE isleaf
        """);
  }

  /** How many bytes each column takes in the middle, by its name; 0 for one that is left empty. */
  static Map<String, Double> columns(Database database) throws IOException {
    Map<String, Double> columns = new LinkedHashMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      StringBuilder sizes = new StringBuilder("SELECT 1");
      try (ResultSet column =
          statement.executeQuery(
              """
              SELECT attname FROM pg_attribute
              WHERE attrelid = 'reading'::regclass AND attnum > 0 AND NOT attisdropped
              ORDER BY attnum
              """)) {
        while (column.next()) {
          String name = column.getString(1);
          columns.put(name, 0.0);
          sizes.append(", coalesce(avg(coalesce(pg_column_size(").append(name).append("), 0)), 0)");
        }
      }
      try (ResultSet size =
          statement.executeQuery(sizes + " FROM (SELECT * FROM reading LIMIT 10000) AS sample")) {
        size.next();
        int at = 2;
        for (Map.Entry<String, Double> column : columns.entrySet()) {
          column.setValue(size.getDouble(at++));
        }
      }
    } catch (SQLException e) {
      throw new IOException("The columns could not be measured.", e);
    }
    return columns;
  }

  private static double number(Database database, String sql) throws IOException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getDouble(1);
    } catch (SQLException e) {
      throw new IOException("The readings' size could not be asked for.", e);
    }
  }
}
