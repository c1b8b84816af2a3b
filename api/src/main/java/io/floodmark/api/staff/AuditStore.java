package io.floodmark.api.staff;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the audit log. */
public final class AuditStore {
  private static final String FIND =
      """
      SELECT id, at, actor, action, subject, coalesce(address, ''), detail::text
      FROM audit_entry
      WHERE id < ?
        AND (?::text IS NULL OR actor = ?)
        AND (?::text IS NULL OR action = ?)
        AND (?::text IS NULL OR starts_with(subject, ?))
        AND (?::timestamptz IS NULL OR at >= ?)
        AND (?::timestamptz IS NULL OR at < ?)
      ORDER BY id DESC
      LIMIT ?
      """;

  private AuditStore() {}

  /**
   * An entry.
   *
   * @param id newer ones have larger ones
   * @param at when
   * @param actor who: login, "token NAME" or "command line"
   * @param action what was done
   * @param subject to what
   * @param address from where; empty if over no network
   * @param detail JSON
   */
  public record Entry(
      long id,
      Instant at,
      String actor,
      String action,
      String subject,
      String address,
      String detail) {}

  /**
   * Which entries.
   *
   * @param actor exactly
   * @param action exactly
   * @param subject how it begins
   * @param day of the ward's clock
   */
  public record Filter(
      Optional<String> actor,
      Optional<String> action,
      Optional<String> subject,
      Optional<LocalDate> day) {}

  /** Those before {@code before}, the newest first. */
  static List<Entry> find(Connection connection, Filter filter, ZoneId zone, long before, int limit)
      throws SQLException {
    OffsetDateTime from = start(filter.day(), zone);
    OffsetDateTime to = start(filter.day().map(day -> day.plusDays(1)), zone);
    Object[] values = {
      before,
      filter.actor().orElse(null),
      filter.actor().orElse(null),
      filter.action().orElse(null),
      filter.action().orElse(null),
      filter.subject().orElse(null),
      filter.subject().orElse(null),
      from,
      from,
      to,
      to,
      limit
    };
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      try (ResultSet row = query.executeQuery()) {
        List<Entry> entries = new ArrayList<>();
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getLong(1),
                  row.getObject(2, OffsetDateTime.class).toInstant(),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  row.getString(7)));
        }
        return entries;
      }
    }
  }

  private static OffsetDateTime start(Optional<LocalDate> day, ZoneId zone) {
    return day.map(d -> d.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC)).orElse(null);
  }
}
