package io.floodmark.ingest.commit;

import java.sql.SQLException;
import java.util.Set;

/** What an SQLState says about what to do next (PostgreSQL documentation, "Error Codes"). */
enum SqlFailure {
  /** The database is away or cannot work just now: the same again later. */
  AWAY,
  /** Another transaction was in the way: the same again at once. */
  RACE,
  /** A row with this key is there already. */
  DUPLICATE,
  /** A value that the database refuses. */
  DATA,
  /** A bug, of ours or of the installation. */
  BUG;

  // connection, invalid authorization (a database starting up or just restored), resources,
  // limits of the machine, system error
  private static final Set<String> AWAY_CLASSES = Set.of("08", "28", "53", "58");

  // query cancelled by a timeout, shutdown, crash, cannot connect now, database dropped, idle
  // session ended, lock not available, read-only (a standby that is to take over), in an
  // idle transaction too long; a right, a table or the whole database that is missing (somebody
  // restores it)
  private static final Set<String> AWAY_STATES =
      Set.of(
          "57014", "57P01", "57P02", "57P03", "57P04", "57P05", "55P03", "25006", "25P03", "42501",
          "42P01", "3D000");

  // Those of them that what is sent can bring about by itself: a statement, or an answer, that
  // takes too long, one that takes too much memory, one by which the server breaks down.
  private static final Set<String> SELF_INFLICTED =
      Set.of("57014", "53200", "08006", "57P02", "25P03");

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  /**
   * Whether the same may succeed later. A batch that makes the database fail looks the same as a
   * database that fails by itself.
   */
  static boolean isPassing(Exception failure) {
    if (failure instanceof SQLException sql) {
      SqlFailure kind = of(sql);
      return kind == AWAY || kind == RACE;
    }
    return false;
  }

  /** Whether it may be what was sent that makes the database fail: asked otherwise, it answers. */
  static boolean isSelfInflicted(Exception failure, Ledger ledger) {
    return failure instanceof SQLException sql && isPerhapsSelfInflicted(sql) && ledger.answers();
  }

  /** Whether it may be what was sent that makes the database fail, if that is there. */
  static boolean isPerhapsSelfInflicted(SQLException failure) {
    return failure.getSQLState() != null && SELF_INFLICTED.contains(failure.getSQLState());
  }

  /** What {@code failure} is. */
  static SqlFailure of(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
    if (AWAY_CLASSES.contains(stateClass) || AWAY_STATES.contains(state)) {
      return AWAY;
    }
    if (state.equals(UNIQUE_VIOLATION)) {
      return DUPLICATE;
    }
    return switch (stateClass) {
      case "40" -> RACE;
      case "22" -> DATA;
      // A sensor's row that is missing is no fault of the reading.
      case "23" -> state.equals(FOREIGN_KEY_VIOLATION) ? BUG : DATA;
      default -> BUG;
    };
  }
}
