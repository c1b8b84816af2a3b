package io.floodmark.api.reports;

import io.floodmark.api.access.SecretToken;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.photos.Photo;
import io.floodmark.report.ReportCategory;
import io.floodmark.report.ReportClock;
import io.floodmark.report.ReportState;
import io.floodmark.report.ReportStep;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What reporters do: file, add, withdraw, erase. Each in the caller's transaction. */
final class ReportFile {
  /** How long after the end of a report its contact is kept, for questions about the answer. */
  static final Duration CONTACT_KEPT = Duration.ofDays(30);

  private static final int MESSAGES_MAX = 20;

  private final ReportClock clock;
  private final ReportPhotos photos;
  private final SecureRandom random;

  ReportFile(ReportClock clock, ReportPhotos photos, SecureRandom random) {
    this.clock = clock;
    this.photos = photos;
    this.random = random;
  }

  /**
   * A report that was stored.
   *
   * @param number to quote
   * @param secret of its page
   */
  record Filed(String number, SecretToken secret) {}

  /** Answers a program as if its report had been stored. */
  Filed pretended() {
    return new Filed(number(), SecretToken.draw(random));
  }

  /**
   * Stores a report without errors.
   *
   * @throws ProblemException with 429 when too many came from there
   */
  Filed file(
      Connection connection,
      Filing filing,
      List<Photo> pictures,
      String address,
      Language language,
      Instant now)
      throws SQLException {
    ReportCategory category = filing.category().orElseThrow();
    refuseTooMany(
        ReportLimits.count(
            connection, address, filing.code().map(code -> code.value()), category, now),
        now);
    Optional<ReportPlaces.Tagged> tagged =
        filing.code().isPresent()
            ? ReportPlaces.tagged(connection, filing.code().get())
            : Optional.empty();
    Optional<Filing.Point> point =
        filing.point().or(() -> tagged.map(asset -> new Filing.Point(asset.lon(), asset.lat())));
    OptionalInt group = tagged.map(ReportPlaces.Tagged::groupId).orElse(OptionalInt.empty());
    if (group.isEmpty() && point.isPresent()) {
      group = ReportPlaces.groupNear(connection, point.get().lon(), point.get().lat());
    }
    OptionalInt sensor =
        category == ReportCategory.FLOOD && point.isPresent()
            ? ReportPlaces.sensorNear(connection, point.get().lon(), point.get().lat())
            : OptionalInt.empty();
    SecretToken secret = SecretToken.draw(random);
    String number = number();
    long id;
    try (PreparedStatement insert =
            Bound.statement(
                connection,
                """
                INSERT INTO report (number, secret_sha256, category, flood_depth, text, contact, asset_id, sensor_id, lon, lat, place,
                                    group_id, language, state, state_since, created_at, due_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'received', ?, ?, ?)
                RETURNING id
                """,
                number,
                secret.sha256(),
                category.key(),
                filing.depth().map(depth -> depth.key()),
                filing.text(),
                filing.contact(),
                tagged.map(ReportPlaces.Tagged::id),
                sensor,
                point.map(p -> OptionalDouble.of(p.lon())).orElse(OptionalDouble.empty()),
                point.map(p -> OptionalDouble.of(p.lat())).orElse(OptionalDouble.empty()),
                filing.place(),
                group,
                language.code(),
                now,
                now,
                clock.due(category, ReportState.RECEIVED, now));
        ResultSet row = insert.executeQuery()) {
      row.next();
      id = row.getLong(1);
    }
    event(connection, id, "received", now);
    photos.attach(connection, id, pictures, now);
    housekeep(connection, now);
    return new Filed(number, secret);
  }

  /**
   * Looks at the limits before photos are decoded; {@link #file} counts.
   *
   * @throws ProblemException with 429 when too many came from there
   */
  static void requireFree(Connection connection, Filing filing, String address, Instant now)
      throws SQLException {
    if (filing.category().isPresent()) {
      refuseTooMany(
          ReportLimits.look(
              connection,
              address,
              filing.code().map(code -> code.value()),
              filing.category().get(),
              now),
          now);
    }
  }

  /**
   * Looks whether more can be added, before photos are decoded.
   *
   * @throws ProblemException with 410 or 409 if not
   */
  static void requireRoom(Connection connection, ReportRow report, int pictures)
      throws SQLException {
    refuseErased(report);
    long ofReporter =
        ReportRows.photos(connection, report.id()).stream()
            .filter(photo -> !photo.isEvidence())
            .count();
    if (ReportRows.messages(connection, report.id()).size() >= MESSAGES_MAX
        || ofReporter + pictures > ReportPhotos.OF_REPORTER_MAX) {
      throw new ProblemException(
          Problem.conflict(
              "This report holds as much as a report can. File another for what is new."));
    }
  }

  /** Adds what the reporter says later, while somebody is still to read it. */
  void add(
      Connection connection,
      ReportRow report,
      Optional<String> text,
      List<Photo> pictures,
      Instant now)
      throws SQLException {
    requireRoom(connection, report, pictures.size());
    if (!report.state().isOpen()) {
      throw new ProblemException(
          Problem.conflict("This report is over. File another for what is new."));
    }
    if (text.isPresent()) {
      Bound.update(
          connection,
          "INSERT INTO report_message (report_id, at, text) VALUES (?, ?, ?)",
          report.id(),
          now,
          text.get());
    }
    photos.attach(connection, report.id(), pictures, now);
    event(connection, report.id(), "message", now);
    Bound.update(connection, "UPDATE report SET version = version + 1 WHERE id = ?", report.id());
  }

  /** Takes the report back; what is over stays as it is. */
  void withdraw(Connection connection, ReportRow report, Instant now) throws SQLException {
    if (ReportStep.WITHDRAW.from(report.state()).isEmpty()) {
      throw new ProblemException(
          Problem.conflict("This report is over already, so it cannot be withdrawn any more."));
    }
    Bound.update(
        connection,
        """
        UPDATE report
        SET state = 'withdrawn', state_since = ?, due_at = NULL, shown_until = NULL, version = version + 1
        WHERE id = ?
        """,
        now,
        report.id());
    event(connection, report.id(), "withdrawn", now);
  }

  /**
   * Takes every word, picture and place of the reporter out of the database. What stays: number,
   * category, depth, residential group, times, states, and what staff wrote and sent themselves.
   */
  void erase(Connection connection, ReportRow report, Instant now) throws SQLException {
    if (report.erasedAt().isPresent()) {
      return;
    }
    if (report.state().isOpen()) {
      withdraw(connection, report, now);
    }
    Bound.update(connection, "DELETE FROM report_message WHERE report_id = ?", report.id());
    Bound.update(
        connection,
        """
        DELETE FROM photo
        WHERE id IN (SELECT photo_id FROM report_photo WHERE report_id = ? AND NOT is_evidence)
        """,
        report.id());
    Bound.update(
        connection,
        """
        UPDATE report
        SET text = NULL, contact = NULL, place = NULL, lon = NULL, lat = NULL, asset_id = NULL, sensor_id = NULL,
            shown_until = NULL, erased_at = ?, version = version + 1
        WHERE id = ?
        """,
        now,
        report.id());
    event(connection, report.id(), "erased", now);
  }

  /**
   * Wipes the contacts of reports that are long over, and old counts. Done whenever a report is
   * filed or the inbox is read: it is two short statements, and needs no timer of its own.
   */
  static void housekeep(Connection connection, Instant now) throws SQLException {
    Bound.update(
        connection,
        """
        UPDATE report
        SET contact = NULL
        WHERE contact IS NOT NULL AND due_at IS NULL AND state_since < ?
        """,
        now.minus(CONTACT_KEPT));
    ReportLimits.forget(connection, now);
  }

  private static void refuseErased(ReportRow report) {
    if (report.erasedAt().isPresent()) {
      throw new ProblemException(
          Problem.gone("This report was erased. File another for what is new."));
    }
  }

  private static void refuseTooMany(Optional<Instant> freeAt, Instant now) {
    if (freeAt.isPresent()) {
      int seconds = (int) Math.max(1, Duration.between(now, freeAt.get()).toSeconds());
      throw new ProblemException(
          Problem.tooManyRequests(
              "Too many reports came from here. Send this one again in "
                  + (seconds + 59) / 60
                  + " minutes. In danger, call 114 or 113.",
              seconds));
    }
  }

  private static void event(Connection connection, long id, String kind, Instant now)
      throws SQLException {
    Bound.update(
        connection,
        "INSERT INTO report_event (report_id, at, kind, actor) VALUES (?, ?, ?, '')",
        id,
        now,
        kind);
  }

  /** Eight digits, the first of them not 0: for the telephone. */
  private String number() {
    return Integer.toString(10_000_000 + random.nextInt(90_000_000));
  }
}
