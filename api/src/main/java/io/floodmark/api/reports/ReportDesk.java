package io.floodmark.api.reports;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.photos.Photo;
import io.floodmark.report.ReportCategory;
import io.floodmark.report.ReportClock;
import io.floodmark.report.ReportState;
import io.floodmark.report.ReportStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where staff take a step with a report: the only place that does. Every step is checked against
 * the caller's scope, the machine of states and the version that the caller saw, and is written
 * into the history and the audit log in the same transaction.
 */
public final class ReportDesk {
  /** How long a confirmed flood is on the map; then somebody has to look again. */
  static final Duration SHOWN = Duration.ofHours(3);

  /**
   * The note of a report that was taken off the map: a sign, for the history is kept and its
   * readers have different languages. Shown through {@link ReportWords#note}.
   */
  static final String OFF_MAP = "⌧ map";

  private final ReportClock clock;
  private final ReportPhotos photos;

  ReportDesk(ReportClock clock, ReportPhotos photos) {
    this.clock = clock;
    this.photos = photos;
  }

  /**
   * What staff want done.
   *
   * @param version that they saw
   * @param publicNote for the reporter: the reason, or at the end the answer
   * @param note for staff
   * @param assignTo id of a person
   * @param duplicateOf number of the report that tells of the same
   * @param showOnMap whether the flood is confirmed by taking it on; no other step takes that
   */
  record Order(
      int version,
      Optional<String> publicNote,
      Optional<String> note,
      OptionalInt assignTo,
      Optional<String> duplicateOf,
      boolean showOnMap) {}

  /** Somebody that a report can be given to. */
  public record Person(int id, String name) {}

  /**
   * The report of that number.
   *
   * @throws ProblemException with 404 if there is none in the caller's scope
   */
  static ReportRow find(Connection connection, Caller caller, String number) throws SQLException {
    return covered(ReportRows.byNumber(connection, number), caller);
  }

  /** Takes a step. */
  void step(
      Connection connection,
      Visitor by,
      String number,
      ReportStep step,
      Order order,
      List<Photo> evidence)
      throws SQLException {
    ReportRow report = locked(connection, by, number, order.version());
    ReportState after =
        step.from(report.state())
            .filter(state -> step != ReportStep.WITHDRAW)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.conflict(
                            "This step cannot be taken from the state \""
                                + report.state().key()
                                + "\".")));
    if (order.showOnMap() && step != ReportStep.SCREEN) {
      throw new ProblemException(
          Problem.invalid(
              "showOnMap",
              "A flood is put on the map when it is taken on (screen), or with the step confirm."));
    }
    require(step, order, report, evidence, connection);
    OptionalInt assigned =
        step == ReportStep.ASSIGN ? person(connection, report, order) : report.assignedTo();
    Optional<Long> original =
        step == ReportStep.MARK_DUPLICATE
            ? Optional.of(original(connection, by.caller(), report, order))
            : Optional.empty();
    boolean ends = !after.isOpen() && after != ReportState.DONE;
    Bound.update(
        connection,
        """
        UPDATE report
        SET state = ?, state_since = ?, due_at = ?, assigned_to = ?, duplicate_of = ?, answer = ?,
            shown_until = CASE WHEN ? THEN NULL ELSE shown_until END, version = version + 1
        WHERE id = ?
        """,
        after.key(),
        by.at(),
        clock.due(report.what().category(), after, by.at()),
        step == ReportStep.REOPEN ? OptionalInt.empty() : assigned,
        original,
        step == ReportStep.FINISH ? order.publicNote() : Optional.empty(),
        ends,
        report.id());
    photos.attachEvidence(connection, report.id(), evidence, by.caller().staffId(), by.at());
    record(connection, by, report, step.eventKind(), order.publicNote(), order.note());
    if (order.showOnMap()) {
      show(connection, by, report);
    }
  }

  /** Adds a note, for staff or for the reporter. */
  void note(Connection connection, Visitor by, String number, Order order) throws SQLException {
    ReportRow report = locked(connection, by, number, order.version());
    if (order.note().isEmpty() && order.publicNote().isEmpty()) {
      throw new ProblemException(Problem.invalid("note", "Write what is to be noted."));
    }
    touch(connection, report);
    record(connection, by, report, "note", order.publicNote(), order.note());
  }

  /** Puts a flood that is taken on on the map for {@link #SHOWN}, or again for as long. */
  void confirm(Connection connection, Visitor by, String number, int version) throws SQLException {
    ReportRow report = locked(connection, by, number, version);
    if (!report.state().isOpen() || report.state() == ReportState.RECEIVED) {
      throw new ProblemException(
          Problem.conflict("Take the report on first: only then it can go on the map."));
    }
    show(connection, by, report);
  }

  /** Takes it off the map again. */
  void hide(Connection connection, Visitor by, String number, int version) throws SQLException {
    ReportRow report = locked(connection, by, number, version);
    Bound.update(
        connection,
        "UPDATE report SET shown_until = NULL, version = version + 1 WHERE id = ?",
        report.id());
    record(connection, by, report, "note", Optional.empty(), Optional.of(OFF_MAP));
  }

  /** Makes a photo public, or private again. */
  void publish(Connection connection, Visitor by, String number, String key, boolean isPublic)
      throws SQLException {
    ReportRow report = covered(ReportRows.locked(connection, number), by.caller());
    int changed =
        Bound.update(
            connection,
            """
            UPDATE report_photo SET is_public = ?
            WHERE report_id = ? AND photo_id = (SELECT id FROM photo WHERE key = ?)
            """,
            isPublic,
            report.id(),
            key);
    if (changed == 0) {
      throw new ProblemException(Problem.notFound("This report has no such photo."));
    }
    AuditLog.add(
        connection,
        by.at(),
        by.caller(),
        isPublic ? "report.photo.publish" : "report.photo.hide",
        "report:" + number,
        Optional.of(by.address()),
        Map.of());
  }

  /** Who can take this report on: accounts in use that may handle reports of its group. */
  static List<Person> people(Connection connection, ReportRow report) throws SQLException {
    List<Person> people = new ArrayList<>();
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT s.id, s.name
                FROM staff s
                WHERE s.disabled_at IS NULL AND s.role IN ('admin', 'operator')
                  AND (NOT EXISTS (SELECT FROM staff_scope x WHERE x.staff_id = s.id)
                       OR EXISTS (SELECT FROM staff_scope x WHERE x.staff_id = s.id AND x.group_id = ?))
                ORDER BY s.name, s.id
                """,
                report.where().groupId());
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        people.add(new Person(row.getInt(1), row.getString(2)));
      }
    }
    return people;
  }

  private void show(Connection connection, Visitor by, ReportRow report) throws SQLException {
    if (report.what().category() != ReportCategory.FLOOD || report.where().lat().isEmpty()) {
      throw new ProblemException(
          Problem.conflict("Only a flood whose position is known can be shown on the map."));
    }
    Bound.update(
        connection,
        "UPDATE report SET shown_until = ?, version = version + 1 WHERE id = ?",
        by.at().plus(SHOWN),
        report.id());
    record(connection, by, report, "confirmed", Optional.empty(), Optional.empty());
  }

  private static ReportRow locked(Connection connection, Visitor by, String number, int version)
      throws SQLException {
    ReportRow report = covered(ReportRows.locked(connection, number), by.caller());
    if (report.version() != version) {
      throw new ProblemException(
          Problem.conflict(
              "Somebody changed this report meanwhile. Look at it as it is now, then decide."));
    }
    return report;
  }

  private static ReportRow covered(Optional<ReportRow> report, Caller caller) {
    return report
        .filter(row -> caller.covers(row.where().groupId()))
        .orElseThrow(
            () -> new ProblemException(Problem.notFound("There is no report of this number.")));
  }

  private static void require(
      ReportStep step, Order order, ReportRow report, List<Photo> evidence, Connection connection)
      throws SQLException {
    if ((step == ReportStep.REJECT || step == ReportStep.FINISH) && order.publicNote().isEmpty()) {
      throw new ProblemException(
          Problem.invalid(
              "publicNote",
              step == ReportStep.FINISH
                  ? "Write what was done: the reporter reads it."
                  : "Write why: the reporter reads it."));
    }
    if (step == ReportStep.FINISH
        && report.what().category().needsEvidence()
        && evidence.isEmpty()
        && ReportRows.photos(connection, report.id()).stream()
            .noneMatch(ReportRows.Attached::isEvidence)) {
      throw new ProblemException(
          Problem.invalid("photos", "Add a photo of the place as it is now."));
    }
  }

  private static OptionalInt person(Connection connection, ReportRow report, Order order)
      throws SQLException {
    boolean can =
        order.assignTo().isPresent()
            && people(connection, report).stream()
                .anyMatch(person -> person.id() == order.assignTo().getAsInt());
    if (!can) {
      throw new ProblemException(
          Problem.invalid("assignTo", "Choose somebody who may handle reports of this group."));
    }
    return order.assignTo();
  }

  private static long original(Connection connection, Caller caller, ReportRow report, Order order)
      throws SQLException {
    String number = order.duplicateOf().orElse("").replace(" ", "");
    return ReportRows.byNumber(connection, number)
        .filter(row -> caller.covers(row.where().groupId()))
        .filter(row -> row.id() != report.id() && row.state() != ReportState.DUPLICATE)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalid(
                        "duplicateOf",
                        "Give the number of another report that is no duplicate itself.")))
        .id();
  }

  private static void touch(Connection connection, ReportRow report) throws SQLException {
    Bound.update(connection, "UPDATE report SET version = version + 1 WHERE id = ?", report.id());
  }

  private static void record(
      Connection connection,
      Visitor by,
      ReportRow report,
      String kind,
      Optional<String> publicNote,
      Optional<String> note)
      throws SQLException {
    Bound.update(
        connection,
        """
        INSERT INTO report_event (report_id, at, kind, staff_id, actor, public_note, note)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        report.id(),
        by.at(),
        kind,
        by.caller().staffId(),
        by.caller().actor(),
        publicNote,
        note);
    AuditLog.add(
        connection,
        by.at(),
        by.caller(),
        "report." + kind,
        "report:" + report.number(),
        Optional.of(by.address()),
        Map.of());
  }

  /**
   * Who takes a step, and when.
   *
   * @param address where they sit
   */
  record Visitor(Caller caller, String address, Instant at) {}
}
