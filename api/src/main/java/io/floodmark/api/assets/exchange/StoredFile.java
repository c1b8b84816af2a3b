package io.floodmark.api.assets.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The file of an import as it lies in the database, a few megabytes of it in memory at a time. */
final class StoredFile extends InputStream {
  private static final int CHUNK_BYTES = 4_000_000;

  private final Connection connection;
  private final long importId;
  private byte[] chunk = {};
  private int next;
  private long read;

  StoredFile(Connection connection, long importId) {
    this.connection = connection;
    this.importId = importId;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (next == chunk.length) {
      fetch();
      if (chunk.length == 0) {
        return -1;
      }
    }
    int count = Math.min(length, chunk.length - next);
    System.arraycopy(chunk, next, bytes, offset, count);
    next += count;
    return count;
  }

  private void fetch() throws IOException {
    // PostgreSQL counts from 1, and reads of an uncompressed value only the part asked for.
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT substring(file FROM ? FOR ?) FROM asset_import WHERE id = ?")) {
      query.setInt(1, Math.toIntExact(read + 1));
      query.setInt(2, CHUNK_BYTES);
      query.setLong(3, importId);
      try (ResultSet row = query.executeQuery()) {
        byte[] bytes = row.next() ? row.getBytes(1) : null;
        if (bytes == null) {
          throw new IOException("The file of import " + importId + " is gone.");
        }
        chunk = bytes;
        next = 0;
        read += bytes.length;
      }
    } catch (SQLException e) {
      throw new IOException("The file of import " + importId + " cannot be read.", e);
    }
  }
}
