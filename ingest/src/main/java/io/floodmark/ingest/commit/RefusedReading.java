package io.floodmark.ingest.commit;

import java.sql.SQLException;

/**
 * The database refuses a value of a reading. The same SQLState from any other statement is a bug,
 * for which no sensor is to lose a reading.
 */
final class RefusedReading extends SQLException {
  private static final long serialVersionUID = 1L;

  /** With the message and the SQLState of {@code cause}. */
  RefusedReading(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause);
  }
}
