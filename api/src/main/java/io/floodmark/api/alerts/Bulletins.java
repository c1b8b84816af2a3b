package io.floodmark.api.alerts;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads and writes official bulletins. */
final class Bulletins {
  private static final int PLACE_CHARS_MAX = 120;
  private static final int SOURCE_CHARS_MAX = 200;
  private static final int LINK_CHARS_MAX = 500;
  private static final Duration VALID_MAX = Duration.ofDays(15);

  private Bulletins() {}

  /** A bulletin that is not stored yet. */
  record Draft(
      String scale,
      int level,
      String place,
      String source,
      Optional<String> link,
      Instant validFrom,
      Instant validUntil) {
    /**
     * Reads the fields; times are ISO 8601, or without offset those of {@code zone}.
     *
     * @throws ProblemException with 422 that names the field which is wrong
     */
    static Draft of(Function<String, Optional<String>> field, ZoneId zone, Instant now) {
      // One field on a form says both: alarm-2.
      String[] both = field.apply("what").orElse("").split("-", 2);
      String scale = both.length == 2 ? both[0] : field.apply("scale").orElse("");
      String level = both.length == 2 ? both[1] : field.apply("level").orElse("");
      int highest = scale.equals("alarm") ? 3 : 5;
      if (!scale.equals("alarm") && !scale.equals("risk")) {
        throw AlertOrder.invalid("what", "Choose alarm 1 to 3, or risk 1 to 5.");
      }
      if (!level.matches("[1-" + highest + "]")) {
        throw AlertOrder.invalid("what", "The level of " + scale + " is 1 to " + highest + ".");
      }
      Optional<String> place = AlertOrder.text(field, "place", PLACE_CHARS_MAX);
      AlertOrder.require(place, "place", "Name the station, or the hazard and its area.");
      Optional<String> source = AlertOrder.text(field, "source", SOURCE_CHARS_MAX);
      AlertOrder.require(source, "source", "Name who issued it, with its number.");
      Optional<String> link = AlertOrder.text(field, "link", LINK_CHARS_MAX);
      if (link.isPresent() && !link.get().matches("https?://[^\\s<>\"]+")) {
        throw AlertOrder.invalid("link", "A link begins with https://.");
      }
      Instant from = field.apply("validFrom").map(t -> time("validFrom", t, zone)).orElse(now);
      Optional<String> end = field.apply("validUntil");
      AlertOrder.require(end, "validUntil", "Say until when it holds.");
      Instant until = time("validUntil", end.orElseThrow(), zone);
      if (!until.isAfter(from) || !until.isAfter(now) || until.isAfter(now.plus(VALID_MAX))) {
        throw AlertOrder.invalid("validUntil", "It ends after it begins, within 15 days.");
      }
      return new Draft(
          scale,
          Integer.parseInt(level),
          place.orElseThrow(),
          source.orElseThrow(),
          link,
          from,
          until);
    }

    private static Instant time(String name, String text, ZoneId zone) {
      try {
        return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).atZone(zone).toInstant();
      } catch (DateTimeException e) {
        throw AlertOrder.invalid(name, "Give a time as 2026-11-22T09:00:00+07:00.");
      }
    }
  }

  /** Those that hold at {@code now}, or will, the gravest first. */
  static List<Bulletin> valid(Connection connection, Instant now) throws SQLException {
    List<Bulletin> bulletins = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT * FROM official_bulletin
            WHERE withdrawn_at IS NULL AND valid_until > ?
            ORDER BY scale, level DESC, id DESC
            """)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          bulletins.add(
              new Bulletin(
                  row.getInt("id"),
                  row.getString("scale"),
                  row.getInt("level"),
                  row.getString("place"),
                  row.getString("source"),
                  Optional.ofNullable(row.getString("link")),
                  time(row, "valid_from"),
                  time(row, "valid_until"),
                  time(row, "recorded_at"),
                  row.getString("recorded_by")));
        }
      }
    }
    return bulletins;
  }

  /** Stores one; its id comes back. */
  static int record(Connection connection, AlertDesk.Hand by, Draft draft) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO official_bulletin (scale, level, place, source, link, valid_from,
              valid_until, recorded_at, recorded_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """)) {
      insert.setString(1, draft.scale());
      insert.setInt(2, draft.level());
      insert.setString(3, draft.place());
      insert.setString(4, draft.source());
      insert.setString(5, draft.link().orElse(null));
      insert.setObject(6, draft.validFrom().atOffset(ZoneOffset.UTC));
      insert.setObject(7, draft.validUntil().atOffset(ZoneOffset.UTC));
      insert.setObject(8, by.at().atOffset(ZoneOffset.UTC));
      insert.setString(9, by.name());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        int id = row.getInt(1);
        audit(connection, by, "bulletin.record", id);
        return id;
      }
    }
  }

  /**
   * Takes one back.
   *
   * @throws ProblemException with 404 if there is none that holds
   */
  static void withdraw(Connection connection, AlertDesk.Hand by, long id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE official_bulletin SET withdrawn_at = ?, withdrawn_by = ?
            WHERE id = ? AND withdrawn_at IS NULL
            """)) {
      update.setObject(1, by.at().atOffset(ZoneOffset.UTC));
      update.setString(2, by.name());
      update.setLong(3, id);
      if (update.executeUpdate() == 0) {
        throw new ProblemException(
            Problem.notFound("There is no bulletin of this number that holds."));
      }
    }
    audit(connection, by, "bulletin.withdraw", (int) id);
  }

  private static void audit(Connection connection, AlertDesk.Hand by, String action, int id)
      throws SQLException {
    AuditLog.add(
        connection,
        by.at(),
        by.caller(),
        action,
        "bulletin:" + id,
        Optional.of(by.address()),
        Map.of());
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
