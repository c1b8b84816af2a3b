package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.e2e.Until;
import io.floodmark.ingest.commit.CommitCounters;
import io.floodmark.ingest.commit.CommitLoop;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Neighbourhood;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Submission;
import io.floodmark.reading.Reading;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The commit line on a real database, turned by hand: one database a class and engine, sensors of
 * its own a test.
 */
@ParameterizedClass
@EnumSource(Engine.class)
abstract class CommitLineOnEachEngine {
  static final Instant NOON = Instant.parse("2026-07-21T12:00:00Z");

  /** What the leading timers, and the leading upkeep, hold. */
  static final int TIMERS_LOCK = 4_669_003;

  static final int UPKEEP_LOCK = 4_669_004;

  private static final AtomicInteger SENSORS = new AtomicInteger();

  private static TestDatabase opened;

  /** The database, as the owner of its tables. */
  static Database database;

  /** What this class now runs on. */
  @Parameter Engine engine;

  final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  final InstantSource clock = now::get;
  final Line line = new Line(database, clock);

  /** For looking at what is stored. */
  Connection sql;

  /** A sensor of this test: distance, 2 m over the ground, no delta, reporting every minute. */
  int sensor;

  @BeforeParameterizedClassInvocation
  static void open(Engine engine) throws SQLException {
    opened = TestDatabase.open(engine);
    database = opened.database();
    new Schema(dataSource(database), () -> NOON).migrate();
  }

  @AfterParameterizedClassInvocation
  static void drop() throws SQLException {
    opened.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    sql = database.connect();
    sensor = register("distance");
  }

  @AfterEach
  void disconnect() throws SQLException {
    line.loop().abort();
    sql.close();
  }

  /**
   * Waits until no session holds that advisory lock. That of a connection which was aborted goes
   * only when the backend has noticed.
   */
  static void awaitUnlocked(int lock) {
    Until.succeeds(
        "nobody holds lock " + lock,
        () -> {
          try (Connection connection = database.connect();
              PreparedStatement query =
                  connection.prepareStatement(
                      """
                      SELECT count(*) FROM pg_locks
                      WHERE locktype = 'advisory' AND objid = ?
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      """)) {
            query.setInt(1, lock);
            try (ResultSet row = query.executeQuery()) {
              row.next();
              assertEquals(0, row.getInt(1));
            }
          }
        });
  }

  static PGSimpleDataSource dataSource(Database database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(database.url());
    source.setUser(database.user());
    source.setPassword(database.password());
    return source;
  }

  int register(String kind) throws SQLException {
    return Integer.parseInt(
        select(
            """
            INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, neighbours, token_sha256)
            VALUES ('s%1$d', 'Sensor %1$d', '%2$s', 106.07, 20.94, 2000, '{}', sha256('%1$d'::bytea))
            RETURNING id
            """
                .formatted(SENSORS.incrementAndGet(), kind)));
  }

  /** Runs a statement; rows as lines, columns separated by a blank, NULL as a dash. */
  String select(String query, Object... parameters) throws SQLException {
    try (PreparedStatement statement = sql.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      if (!statement.execute()) {
        return Integer.toString(statement.getUpdateCount());
      }
      try (ResultSet result = statement.getResultSet()) {
        StringJoiner lines = new StringJoiner("\n");
        while (result.next()) {
          StringJoiner columns = new StringJoiner(" ");
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            columns.add(Optional.ofNullable(result.getString(i)).orElse("-"));
          }
          lines.add(columns.toString());
        }
        return lines.toString();
      }
    }
  }

  String count(String table, int sensorId) throws SQLException {
    return select("SELECT count(*) FROM " + table + " WHERE sensor_id = ?", sensorId);
  }

  /** What happened to the sensor's floods. */
  String eventsOf(int sensorId) throws SQLException {
    return eventsOf("flood", sensorId);
  }

  /** What happened to the sensor's own alerts of that kind. */
  String eventsOf(String kind, int sensorId) throws SQLException {
    return select(
        """
        SELECT e.kind, e.from_level, e.to_level
        FROM alert_event e
        JOIN alert a ON a.id = e.alert_id
        WHERE a.sensor_id = ? AND a.kind = ?
        ORDER BY e.id
        """,
        sensorId,
        kind);
  }

  /** What a sensor 2 m over the ground sends while the water stands at {@code depthMm}. */
  static Reading depth(int depthMm, Instant at) {
    return reading(OptionalLong.of(at.toEpochMilli()), 2_000 - depthMm, OptionalLong.empty());
  }

  static Reading depthWithoutTime(int depthMm, long seq) {
    return reading(OptionalLong.empty(), 2_000 - depthMm, OptionalLong.of(seq));
  }

  /** What a gauge sends that measures depth itself, and nothing else. */
  static Reading sentDepth(int depthMm, Instant at) {
    return new Reading(
        OptionalLong.of(at.toEpochMilli()),
        OptionalInt.empty(),
        OptionalInt.of(depthMm),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }

  static Reading reading(OptionalLong ts, int distanceMm, OptionalLong seq) {
    return new Reading(
        ts,
        OptionalInt.of(distanceMm),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalInt.of(3_700),
        OptionalInt.of(-71),
        OptionalDouble.of(31.5),
        OptionalDouble.empty(),
        seq);
  }

  static Rejection rejection(String detail) {
    byte[] payload = "no reading".getBytes(StandardCharsets.UTF_8);
    return new Rejection(Rejection.Reason.SYNTAX, detail, payload, payload.length);
  }

  /** A queue, the loop that empties it, and how much of what was sent was settled. */
  static final class Line {
    private static final int SIZE_BYTES = 200;

    private final InstantSource clock;
    private final CommitQueue queue = new CommitQueue(100_000, 100_000_000);
    private final CommitCounters counters = new CommitCounters();
    private final CommitLoop loop;
    private final AtomicInteger settled = new AtomicInteger();

    Line(Database database, InstantSource clock) {
      this.clock = clock;
      this.loop = new CommitLoop(queue, database, clock, counters, new Neighbourhood(clock));
    }

    CommitLoop loop() {
      return loop;
    }

    CommitQueue queue() {
      return queue;
    }

    CommitCounters counters() {
      return counters;
    }

    int settled() {
      return settled.get();
    }

    /** Puts one message into the queue. */
    void queue(int sensorId, Reading... readings) {
      queue.add(message(sensorId, false, readings));
    }

    /** The same, marked as sent again. */
    void queueAgain(int sensorId, Reading... readings) {
      queue.add(message(sensorId, true, readings));
    }

    void queueRejected(int sensorId, Rejection... rejections) {
      queueRejectedAt(sensorId, topic(sensorId), rejections);
    }

    void queueRejectedAt(int sensorId, String topic, Rejection... rejections) {
      queue.add(
          new Submission(
              sensorId,
              topic,
              false,
              clock.instant(),
              SIZE_BYTES,
              List.of(),
              List.of(rejections),
              Optional.empty(),
              settled::incrementAndGet));
    }

    void queueStatus(int sensorId, boolean online, boolean byWill) {
      queue.add(
          new Submission(
              sensorId,
              topic(sensorId),
              false,
              clock.instant(),
              SIZE_BYTES,
              List.of(),
              List.of(),
              Optional.of(new Submission.StatusChange(online, byWill)),
              settled::incrementAndGet));
    }

    /** Turns the loop until the queue is empty; not for loops that keep something. */
    void commit() throws InterruptedException {
      List<CommitLoop.Progress> kept = new ArrayList<>();
      while (queue.size() > 0) {
        CommitLoop.Progress progress = loop.doWork();
        if (progress == CommitLoop.Progress.KEPT && kept.size() > 20) {
          throw new AssertionError("Kept again and again.");
        }
        kept.add(progress);
      }
    }

    /** Sends one message and commits it. */
    void send(int sensorId, Reading... readings) throws InterruptedException {
      queue(sensorId, readings);
      commit();
    }

    private Submission message(int sensorId, boolean repeated, Reading... readings) {
      return new Submission(
          sensorId,
          topic(sensorId),
          repeated,
          clock.instant(),
          SIZE_BYTES,
          List.of(readings),
          List.of(),
          Optional.empty(),
          settled::incrementAndGet);
    }

    private static String topic(int sensorId) {
      return "sensors/s" + sensorId + "/readings";
    }
  }
}
