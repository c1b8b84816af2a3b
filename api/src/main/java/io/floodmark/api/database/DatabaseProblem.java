package io.floodmark.api.database;

import io.floodmark.api.http.Problem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What a failed query means for who asked. Pure. */
final class DatabaseProblem {
  private static final String CANCELED = "57014";
  private static final String UNDEFINED_TABLE = "42P01";

  private DatabaseProblem() {}

  static Problem of(SQLException e) {
    if (isAway(e)) {
      return Problem.databaseAway();
    }
    if (UNDEFINED_TABLE.equals(e.getSQLState())) {
      return Problem.noSchema();
    }
    return CANCELED.equals(e.getSQLState()) ? Problem.tooSlow() : Problem.internal();
  }

  /** Whether there is no talking to the database now, but may be soon. */
  static boolean isAway(SQLException e) {
    // The pool gave no connection in time; it has one for every worker, so none could be made.
    if (e instanceof SQLTransientConnectionException) {
      return true;
    }
    String state = e.getSQLState();
    // 08: connection exceptions. 57P01 to 57P05: shut down, crashed, starting up, dropped, idle too
    // long. 53300: the server has no connection left for us.
    return state != null
        && (state.startsWith("08") || state.startsWith("57P0") || state.equals("53300"));
  }
}
