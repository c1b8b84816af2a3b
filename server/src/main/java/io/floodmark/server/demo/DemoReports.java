package io.floodmark.server.demo;

import io.floodmark.report.FloodDepth;
import io.floodmark.report.ReportCategory;
import io.floodmark.report.ReportClock;
import io.floodmark.report.ReportState;
import io.floodmark.report.WorkingHours;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A handful of made-up reports in the states that reports come into, so that inbox and map of a
 * demo are not empty. Each says of itself that it is made up; nobody holds a link to any. Not
 * thread-safe.
 */
public final class DemoReports {
  private static final Duration SHOWN_FOR = Duration.ofHours(3);
  private static final int SECRET_BYTES = 32;
  private static final int NUMBER_MIN = 10_000_000;
  private static final int NUMBERS = 90_000_000;

  private static final String INSERT =
      """
      INSERT INTO report (number, secret_sha256, category, flood_depth, text, asset_id, lon, lat, group_id, language,
                          state, state_since, created_at, due_at, assigned_to, duplicate_of, answer, shown_until, made_up)
      SELECT ?, ?, ?, ?, ?, a.id, a.lon, a.lat, a.group_id, 'vi', ?, ?, ?, ?,
             (SELECT min(id) FROM staff WHERE ?),
             (SELECT max(id) FROM report WHERE ? AND category = 'flood'), ?, ?, true
      FROM asset a
      WHERE a.made_up AND a.kind = ?
      ORDER BY md5(a.id::text)
      OFFSET ? LIMIT 1
      RETURNING id
      """;

  private static final String INSERT_EVENT =
      "INSERT INTO report_event (report_id, at, kind, actor, public_note) VALUES (?, ?, ?, ?, ?)";

  /** A made-up flood that is not over was confirmed just now, whenever the demo starts. */
  private static final String CONFIRM_AGAIN =
      """
      WITH shown AS (
        UPDATE report SET shown_until = ?, version = version + 1
        WHERE made_up AND shown_until < ? AND state IN ('screened', 'assigned', 'in_progress')
        RETURNING id
      )
      INSERT INTO report_event (report_id, at, kind, actor) SELECT id, ?, 'confirmed', 'demo' FROM shown
      """;

  /**
   * One of them.
   *
   * @param kind of the asset that it is about
   * @param age how long ago it came
   * @param answer what staff wrote; empty while nothing is decided
   */
  private record Made(
      ReportCategory category,
      Optional<FloodDepth> depth,
      String text,
      String kind,
      ReportState state,
      Duration age,
      String answer) {}

  private static final List<Made> ALL =
      List.of(
          flood(
              FloodDepth.HALF_WHEEL,
              "Nước tràn lên mặt đường, xe máy chết máy.",
              ReportState.SCREENED,
              25),
          flood(FloodDepth.KNEE, "Nước đã vào sân.", ReportState.RECEIVED, 8),
          flood(FloodDepth.HALF_WHEEL, "Ngập chỗ vừa có người báo.", ReportState.DUPLICATE, 18),
          of(
              ReportCategory.TREE,
              "tree",
              "Cành khô to nằm vắt trên dây điện.",
              ReportState.ASSIGNED,
              300,
              ""),
          of(
              ReportCategory.GARBAGE,
              "house",
              "Rác dồn ở miệng cống, nước không thoát.",
              ReportState.IN_PROGRESS,
              1_500,
              ""),
          of(
              ReportCategory.WATER,
              "house",
              "Nước máy đục từ sáng hôm kia.",
              ReportState.RECEIVED,
              6_000,
              ""),
          of(
              ReportCategory.OTHER,
              "house",
              "Loa truyền thanh rè, nghe không rõ.",
              ReportState.DONE,
              8_000,
              "Đã thay loa ở đầu ngõ."),
          of(
              ReportCategory.SECURITY,
              "house",
              "Xe tải đỗ qua đêm.",
              ReportState.REJECTED,
              9_000,
              "Chỗ này được phép đỗ xe."));

  private final Connection connection;
  private final Random random;
  private final Instant now;
  private final ReportClock clock;

  private DemoReports(Connection connection, long seed, Instant now, ZoneId zone) {
    this.connection = connection;
    this.random = new Random(seed);
    this.now = now;
    this.clock = new ReportClock(new WorkingHours(zone));
  }

  /**
   * Adds them to a ward that has no report yet, and confirms the flood among them again in one that
   * has, in a transaction of its own.
   *
   * @param seed of their numbers
   * @param now when the demo starts
   * @param zone of the office's clock, by which some are due
   */
  public static void addTo(Connection connection, long seed, Instant now, ZoneId zone)
      throws SQLException {
    connection.setAutoCommit(false);
    DemoReports reports = new DemoReports(connection, seed, now, zone);
    if (reports.isFirst()) {
      for (int i = 0; i < ALL.size(); i++) {
        reports.add(ALL.get(i), i);
      }
    } else {
      reports.confirmAgain();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static Made flood(FloodDepth depth, String text, ReportState state, int minutes) {
    return new Made(
        ReportCategory.FLOOD,
        Optional.of(depth),
        text,
        "house",
        state,
        Duration.ofMinutes(minutes),
        "");
  }

  private static Made of(
      ReportCategory category,
      String kind,
      String text,
      ReportState state,
      int minutes,
      String answer) {
    return new Made(
        category, Optional.empty(), text, kind, state, Duration.ofMinutes(minutes), answer);
  }

  private boolean isFirst() throws SQLException {
    try (PreparedStatement any =
            connection.prepareStatement("SELECT NOT EXISTS (SELECT FROM report)");
        ResultSet row = any.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private void add(Made made, int place) throws SQLException {
    Instant came = now.minus(made.age());
    // Whatever was done was done in the first fifth of the time.
    Instant since =
        made.state() == ReportState.RECEIVED ? came : came.plus(made.age().dividedBy(5));
    boolean isGiven =
        made.state() == ReportState.ASSIGNED || made.state() == ReportState.IN_PROGRESS;
    boolean isShown = made.state() == ReportState.SCREENED;
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, Integer.toString(NUMBER_MIN + random.nextInt(NUMBERS)));
      insert.setBytes(2, secret);
      insert.setString(3, made.category().key());
      insert.setString(4, made.depth().map(FloodDepth::key).orElse(null));
      insert.setString(5, made.text() + " (Phản ánh trình diễn, không có thật.)");
      insert.setString(6, made.state().key());
      insert.setObject(7, at(since));
      insert.setObject(8, at(came));
      insert.setObject(
          9, clock.due(made.category(), made.state(), since).map(DemoReports::at).orElse(null));
      insert.setBoolean(10, isGiven);
      insert.setBoolean(11, made.state() == ReportState.DUPLICATE);
      insert.setString(12, made.answer().isEmpty() ? null : made.answer());
      insert.setObject(13, isShown ? at(now.plus(SHOWN_FOR)) : null);
      insert.setString(14, made.kind());
      insert.setInt(15, place);
      try (ResultSet row = insert.executeQuery()) {
        if (row.next()) {
          tell(row.getLong(1), made, came, since, isShown);
        }
      }
    }
  }

  /** What led there, as far as its state says. */
  private void tell(long report, Made made, Instant came, Instant since, boolean isShown)
      throws SQLException {
    event(report, came, "received", "", "");
    switch (made.state()) {
      case RECEIVED, WITHDRAWN -> {
        // Nobody has done anything.
      }
      case DUPLICATE, REJECTED -> event(report, since, made.state().key(), "demo", made.answer());
      case SCREENED -> event(report, since, "screened", "demo", "");
      case ASSIGNED, IN_PROGRESS, DONE -> {
        event(report, since, "screened", "demo", "");
        event(report, since, "assigned", "demo", "");
        if (made.state() != ReportState.ASSIGNED) {
          event(report, since, "started", "demo", "");
        }
        if (made.state() == ReportState.DONE) {
          event(report, since, "done", "demo", made.answer());
        }
      }
    }
    if (isShown) {
      event(report, since, "confirmed", "demo", "");
    }
  }

  private void event(long report, Instant when, String kind, String actor, String publicNote)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_EVENT)) {
      insert.setLong(1, report);
      insert.setObject(2, at(when));
      insert.setString(3, kind);
      insert.setString(4, actor);
      insert.setString(5, publicNote.isEmpty() ? null : publicNote);
      insert.executeUpdate();
    }
  }

  private void confirmAgain() throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CONFIRM_AGAIN)) {
      update.setObject(1, at(now.plus(SHOWN_FOR)));
      update.setObject(2, at(now));
      update.setObject(3, at(now));
      update.executeUpdate();
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
