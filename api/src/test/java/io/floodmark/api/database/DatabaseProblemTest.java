package io.floodmark.api.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.http.Problem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseProblemTest {
  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300"})
  void aLostConnectionIsADatabaseThatIsAway(String state) {
    assertEquals(Problem.databaseAway(), DatabaseProblem.of(new SQLException("gone", state)));
  }

  @Test
  void aPoolThatGivesNoConnectionIsADatabaseThatIsAway() {
    assertEquals(
        Problem.databaseAway(), DatabaseProblem.of(new SQLTransientConnectionException("none")));
  }

  @Test
  void aCanceledQueryWasTooSlow() {
    assertEquals(Problem.tooSlow(), DatabaseProblem.of(new SQLException("canceled", "57014")));
  }

  @Test
  void aTableThatIsNotThereYetIsASchemaThatIsNot() {
    assertEquals(Problem.noSchema(), DatabaseProblem.of(new SQLException("no", "42P01")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"42703", "42601", "22003"})
  void anythingElseIsOurFault(String state) {
    assertEquals(Problem.internal(), DatabaseProblem.of(new SQLException("no", state)));
  }
}
