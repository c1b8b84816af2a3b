package io.floodmark.ingest.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailureTest {

  @ParameterizedTest
  @CsvSource({
    "08001, AWAY", // connection refused
    "08006, AWAY", // connection broken, or silent for too long
    "53100, AWAY", // disk full
    "53300, AWAY", // too many connections
    "57P01, AWAY", // shutting down, or our backend was ended
    "57P03, AWAY", // starting up
    "57014, AWAY", // statement timeout
    "25006, AWAY", // a standby
    "40001, RACE",
    "40P01, RACE", // deadlock
    "23505, DUPLICATE",
    "22003, DATA",
    "23514, DATA",
    "23503, BUG",
    "42P01, AWAY", // no such table: a database that is being restored
    "42501, AWAY", // a right taken away
    "3D000, AWAY", // no such database
    "XX000, BUG"
  })
  void aStateSaysWhatToDo(String state, SqlFailure failure) {
    assertEquals(failure, SqlFailure.of(new SQLException("Whatever it says.", state)));
  }

  @Test
  void noStateIsABug() {
    assertEquals(SqlFailure.BUG, SqlFailure.of(new SQLException("Whatever it says.")));
  }
}
