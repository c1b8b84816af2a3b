package io.floodmark.server;

import io.floodmark.api.staff.StaffDesk;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The account that the very first start makes, and that of every demo. */
final class FirstAdmin {
  static final String LOGIN = "admin";

  private FirstAdmin() {}

  /** Makes one where there is no account at all; its password, to be shown once. */
  static Optional<String> makeIfNone(Database database, Surroundings surroundings) {
    return inTransaction(
        database, connection -> desk(surroundings).makeFirstAdmin(connection, LOGIN));
  }

  /** Makes the demo's, or gives it a new password, which stays good for as long as it runs. */
  static String ofDemo(Database database, Surroundings surroundings) {
    return inTransaction(database, connection -> desk(surroundings).openDemo(connection, LOGIN));
  }

  /** What is printed of a first start, and nowhere logged. */
  static String announcement(String password, String address) {
    return """

        The first account: %s / %s
        It is shown only now. Sign in at %s/staff, where it has to be changed.
        Lost it? `floodmark staff password %s` makes another.
        """
        .formatted(LOGIN, password, address, LOGIN);
  }

  private static StaffDesk desk(Surroundings surroundings) {
    return new StaffDesk(surroundings.random(), surroundings.clock());
  }

  @FunctionalInterface
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private static <T> T inTransaction(Database database, Work<T> work) {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new Failure("The first account cannot be made: " + e.getMessage(), e);
    }
  }
}
