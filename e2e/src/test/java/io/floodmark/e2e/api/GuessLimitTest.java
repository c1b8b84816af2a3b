package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.access.GuessLimit.Kind;
import io.floodmark.e2e.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrong answers cost time, in every process at once. */
@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class GuessLimitTest {
  private static final Instant NOON = RunningApi.NOON;
  private static final String HERE = "192.0.2.7";

  @Parameter TestDatabase.Engine engine;
  private TestDatabase database;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    database = RunningApi.laid(engine);
    connection = database.database().connect();
  }

  @AfterEach
  void close() throws SQLException {
    if (connection != null) {
      connection.close();
      database.close();
    }
  }

  @Test
  void theFirstWrongAnswersCostNothingAndThenTheWaitDoubles() throws SQLException {
    for (int i = 0; i < Kind.SIGN_IN_BY_LOGIN.free(); i++) {
      assertEquals(Optional.empty(), fail(Kind.SIGN_IN_BY_LOGIN, NOON));
    }
    for (int seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900)) {
      Optional<Duration> wait = Optional.of(Duration.ofSeconds(seconds));
      assertEquals(wait, fail(Kind.SIGN_IN_BY_LOGIN, NOON));
      assertEquals(wait, check(Kind.SIGN_IN_BY_LOGIN, NOON));
      assertEquals(
          Optional.empty(), check(Kind.SIGN_IN_BY_LOGIN, NOON.plusSeconds(seconds)), "waited");
    }
  }

  @Test
  void othersAndOtherKindsAreNotSlowedDown() throws SQLException {
    failOften(30);
    assertTrue(check(Kind.PLATE_BY_ADDRESS, NOON).isPresent());
    assertEquals(Optional.empty(), check(Kind.LINK_BY_ADDRESS, NOON));
    assertEquals(
        Optional.empty(), GuessLimit.check(connection, Kind.PLATE_BY_ADDRESS, "192.0.2.8", NOON));
  }

  @Test
  void aRightAnswerClearsAndADayOfQuietForgets() throws SQLException {
    failOften(30);
    GuessLimit.clear(connection, Kind.PLATE_BY_ADDRESS, HERE);
    assertEquals(Optional.empty(), check(Kind.PLATE_BY_ADDRESS, NOON));
    failOften(30);
    Instant later = NOON.plus(Duration.ofHours(25));
    assertEquals(Optional.empty(), fail(Kind.PLATE_BY_ADDRESS, later));
    assertEquals("1", failures());
  }

  @Test
  void rowsOfThePastGoAway() throws SQLException {
    failOften(3);
    GuessLimit.fail(
        connection, Kind.PLATE_BY_ADDRESS, "192.0.2.8", NOON.plus(Duration.ofHours(25)));
    assertEquals("192.0.2.8", query("SELECT string_agg(who, ',') FROM wrong_guess"));
  }

  @Test
  void tenThousandFailuresOnManyConnectionsAreAllCountedInOneRow() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> guessers = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      Callable<Void> guesser =
          () -> {
            try (Connection own = database.database().connect()) {
              for (int i = 0; i < 2_500; i++) {
                GuessLimit.fail(own, Kind.PLATE_BY_ADDRESS, HERE, NOON);
              }
            }
            return null;
          };
      guessers.add(threads.submit(guesser));
    }
    for (Future<?> guesser : guessers) {
      guesser.get(120, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertEquals("10000", failures());
    assertEquals(Optional.of(Duration.ofMinutes(1)), check(Kind.PLATE_BY_ADDRESS, NOON));
  }

  private void failOften(int times) throws SQLException {
    for (int i = 0; i < times; i++) {
      fail(Kind.PLATE_BY_ADDRESS, NOON);
    }
  }

  private Optional<Duration> fail(Kind kind, Instant now) throws SQLException {
    return GuessLimit.fail(connection, kind, HERE, now);
  }

  private Optional<Duration> check(Kind kind, Instant now) throws SQLException {
    return GuessLimit.check(connection, kind, HERE, now);
  }

  private String failures() throws SQLException {
    return query("SELECT string_agg(failures::text, ',') FROM wrong_guess");
  }

  private String query(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
