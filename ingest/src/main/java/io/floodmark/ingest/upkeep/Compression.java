package io.floodmark.ingest.upkeep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compresses chunks that are closed, where TimescaleDB is licensed for it (timescaledb.license =
 * timescale); does nothing elsewhere. A reading that comes later still is taken into a compressed
 * chunk, once.
 */
final class Compression implements Upkeep.Work {
  private static final Logger log = LoggerFactory.getLogger(Compression.class);

  private static final String IS_LICENSED =
      """
      SELECT current_setting('timescaledb.license', true) = 'timescale'
        AND (SELECT relkind = 'r' FROM pg_class WHERE oid = 'reading'::regclass)
      """;

  private static final String IS_SET_UP =
      """
      SELECT compression_enabled FROM timescaledb_information.hypertables
      WHERE hypertable_name = 'reading' AND hypertable_schema = current_schema()
      """;

  // Each sensor's readings by themselves and in their order, for so they are asked for.
  private static final String SET_UP =
      """
      ALTER TABLE reading SET (timescaledb.compress, timescaledb.compress_segmentby = 'sensor_id',
        timescaledb.compress_orderby = 'observed_at')
      """;

  private static final String NEXT =
      """
      SELECT format('%I.%I', chunk_schema, chunk_name)
      FROM timescaledb_information.chunks
      WHERE hypertable_name = 'reading' AND hypertable_schema = current_schema()
        AND NOT is_compressed AND range_end <= ?
      ORDER BY range_end
      LIMIT 1
      """;

  private static final String COMPRESS = "SELECT compress_chunk(?::regclass)";

  @Override
  public boolean run(Connection connection, Instant now) throws SQLException {
    if (!isTrue(connection, IS_LICENSED)) {
      return true;
    }
    if (!isTrue(connection, IS_SET_UP)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(SET_UP);
      }
    }
    Optional<String> chunk = next(connection, now);
    if (chunk.isEmpty()) {
      return true;
    }
    try (PreparedStatement compress = connection.prepareStatement(COMPRESS)) {
      compress.setString(1, chunk.get());
      compress.execute();
    }
    log.info("Compressed {}.", chunk.get());
    return false;
  }

  private static Optional<String> next(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setObject(1, now.minus(Packing.CLOSED_AFTER).atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static boolean isTrue(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
