package io.floodmark.server;

import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** A command that needs one connection, and is done in a moment. */
abstract class ConnectionTask extends DatabaseTask {
  /** Works on the database and prints what came of it, line by line. */
  abstract void run(Connection connection) throws SQLException;

  @Override
  final void work(Database database, BooleanSupplier stopping) throws SQLException {
    try (Connection connection = database.connect()) {
      run(connection);
    }
  }
}
