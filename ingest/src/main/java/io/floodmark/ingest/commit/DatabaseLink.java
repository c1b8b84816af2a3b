package io.floodmark.ingest.commit;

import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of one thread's own, made when it is needed and again after it failed. All but
 * {@link #abort} is for that thread.
 */
public final class DatabaseLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DatabaseLink.class);

  // In this order, so that the nearer side speaks first: the server ends a statement, and the
  // locks of a client that vanished without a word; only a network that swallows everything is
  // left to the socket.
  private static final String LIMITS =
      """
      SET statement_timeout = '20s';
      SET idle_in_transaction_session_timeout = '20s'
      """;
  private static final int SOCKET_TIMEOUT_MILLIS = (int) TimeUnit.SECONDS.toMillis(25);

  private final Database database;
  private volatile Connection connection;

  /** A link that is not there yet. */
  public DatabaseLink(Database database) {
    this.database = database;
  }

  /** The connection, in auto-commit unless the caller left it otherwise. */
  public Connection connection() throws SQLException {
    if (connection == null) {
      Connection made = database.connect();
      try (Statement statement = made.createStatement()) {
        made.setNetworkTimeout(Runnable::run, SOCKET_TIMEOUT_MILLIS);
        statement.execute(LIMITS);
      } catch (SQLException e) {
        made.close();
        throw e;
      }
      connection = made;
    }
    return connection;
  }

  /** Whether a new connection answers. */
  public boolean answers() {
    close();
    try (Statement statement = connection().createStatement()) {
      statement.execute("SELECT 1");
      return true;
    } catch (SQLException e) {
      log.debug("The database does not answer.", e);
      close();
      return false;
    }
  }

  /** Gives up the connection; the next use makes another. */
  @Override
  public void close() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        log.debug("A connection that is given up did not close in order.", e);
      }
    }
  }

  /** Ends whatever waits for the database, with an error. For any thread. */
  public void abort() {
    Connection running = connection;
    if (running != null) {
      try {
        running.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("A connection could not be aborted.", e);
      }
    }
  }
}
