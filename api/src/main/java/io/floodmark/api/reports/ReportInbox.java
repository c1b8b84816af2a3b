package io.floodmark.api.reports;

import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.report.ReportState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list that staff work through: what is due first comes first, what is over comes after it,
 * newest first. Everything is narrowed to the caller's groups in SQL.
 */
public final class ReportInbox {
  private static final String KEY =
      "coalesce((extract(epoch FROM r.due_at) * 1000000)::bigint, 9223372036854775807)";

  private ReportInbox() {}

  /**
   * What is looked for.
   *
   * @param states of these states; none means all
   * @param category of this one
   * @param group of this one
   * @param mine given to the caller
   * @param overdue past their time
   * @param words in number, text, place or the asset's name, without accents
   */
  record Filter(
      List<ReportState> states,
      Optional<String> category,
      OptionalInt group,
      boolean mine,
      boolean overdue,
      Optional<String> words) {}

  /** A part of the list, and where it goes on. */
  public record Page(List<ReportRow> reports, Optional<String> next) {}

  static Page page(
      Connection connection,
      Caller caller,
      Filter filter,
      Optional<String> cursor,
      int limit,
      Instant now)
      throws SQLException {
    StringBuilder sql = new StringBuilder(ReportRows.SELECT).append("WHERE true\n");
    List<Object> values = new ArrayList<>();
    scope(sql, values, connection, caller);
    if (!filter.states().isEmpty()) {
      sql.append("AND r.state = ANY (?)\n");
      values.add(
          connection.createArrayOf(
              "text", filter.states().stream().map(ReportState::key).toArray()));
    }
    filter.category().ifPresent(category -> and(sql, values, "r.category = ?", category));
    if (filter.group().isPresent()) {
      and(sql, values, "r.group_id = ?", filter.group().getAsInt());
    }
    if (filter.mine()) {
      and(sql, values, "r.assigned_to = ?", caller.staffId());
    }
    if (filter.overdue()) {
      and(sql, values, "r.due_at < ?", now);
    }
    if (filter.words().isPresent()) {
      sql.append(
          """
          AND plain_text(concat_ws(' ', r.number, r.text, r.place, a.name, a.number, a.street, a.details ->> 'commonName'))
            LIKE '%' || plain_text(?) || '%'
          """);
      values.add(
          filter
              .words()
              .get()
              .replaceAll("(?<=\\d{4}) (?=\\d{4})", "")
              .replace("\\", "\\\\")
              .replace("%", "\\%")
              .replace("_", "\\_"));
    }
    if (cursor.isPresent()) {
      Cursor after = Cursor.of(cursor.get());
      sql.append("AND (" + KEY + ", -r.id) > (?, ?)\n");
      values.add(after.key());
      values.add(-after.id());
    }
    sql.append("ORDER BY " + KEY + ", -r.id\nLIMIT ?");
    values.add(limit + 1);
    try (PreparedStatement select = Bound.statement(connection, sql.toString(), values.toArray())) {
      List<ReportRow> rows = ReportRows.list(select);
      return rows.size() <= limit
          ? new Page(rows, Optional.empty())
          : new Page(rows.subList(0, limit), Optional.of(cursorAfter(rows.get(limit - 1))));
    }
  }

  /** How many there are of each state in the caller's scope. */
  static Map<ReportState, Integer> counts(Connection connection, Caller caller)
      throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT r.state, count(*) FROM report r WHERE true\n");
    List<Object> values = new ArrayList<>();
    scope(sql, values, connection, caller);
    Map<ReportState, Integer> counts = new EnumMap<>(ReportState.class);
    try (PreparedStatement select =
            Bound.statement(connection, sql + "GROUP BY r.state", values.toArray());
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        counts.put(ReportState.find(row.getString(1)).orElseThrow(), row.getInt(2));
      }
    }
    return counts;
  }

  /** A residential group to filter by. */
  public record Group(int id, String name) {}

  static List<Group> groups(Connection connection, Caller caller) throws SQLException {
    List<Group> groups = new ArrayList<>();
    try (PreparedStatement select =
            Bound.statement(
                connection,
                "SELECT id, name FROM residential_group WHERE retired_at IS NULL ORDER BY name");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        if (caller.covers(OptionalInt.of(row.getInt(1)))) {
          groups.add(new Group(row.getInt(1), row.getString(2)));
        }
      }
    }
    return groups;
  }

  /**
   * Reports that may tell of the same: the same category within 250 m and a day, as FixMyStreet
   * suggests them.
   */
  static List<ReportRow> similar(Connection connection, Caller caller, ReportRow report)
      throws SQLException {
    if (report.where().lat().isEmpty()) {
      return List.of();
    }
    StringBuilder sql =
        new StringBuilder(ReportRows.SELECT)
            .append(
                """
                WHERE r.category = ? AND r.id <> ? AND r.state NOT IN ('rejected', 'withdrawn', 'duplicate')
                  AND r.created_at BETWEEN ? - interval '24 hours' AND ? + interval '24 hours'
                  AND sqrt(power((r.lon - ?) * cos(radians(?)) * 111320, 2) + power((r.lat - ?) * 110574, 2)) <= 250
                """);
    List<Object> values = new ArrayList<>();
    values.add(report.what().category().key());
    values.add(report.id());
    values.add(report.createdAt());
    values.add(report.createdAt());
    values.add(report.where().lon());
    values.add(report.where().lat());
    values.add(report.where().lat());
    scope(sql, values, connection, caller);
    try (PreparedStatement select =
        Bound.statement(connection, sql + "ORDER BY r.id LIMIT 5", values.toArray())) {
      return ReportRows.list(select);
    }
  }

  private static void scope(
      StringBuilder sql, List<Object> values, Connection connection, Caller caller)
      throws SQLException {
    if (!caller.groups().isEmpty()) {
      sql.append("AND r.group_id = ANY (?)\n");
      values.add(connection.createArrayOf("int4", caller.groups().toArray()));
    }
  }

  private static void and(StringBuilder sql, List<Object> values, String condition, Object value) {
    sql.append("AND ").append(condition).append('\n');
    values.add(value);
  }

  private static String cursorAfter(ReportRow last) {
    long key =
        last.dueAt()
            .map(due -> due.getEpochSecond() * 1_000_000 + due.getNano() / 1_000)
            .orElse(Long.MAX_VALUE);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((key + ":" + last.id()).getBytes(StandardCharsets.US_ASCII));
  }

  /** Where a page goes on: behind the report of that place in the order. */
  private record Cursor(long key, long id) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,19}):(\\d{1,18})");

    /**
     * Reads one of ours.
     *
     * @throws ProblemException with 400 if it is none
     */
    static Cursor of(String text) {
      try {
        Matcher parts =
            FORM.matcher(
                new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
        if (parts.matches()) {
          return new Cursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
        }
      } catch (IllegalArgumentException e) {
        // No base 64, or a number beyond all keys: answered as any other that is none of ours.
      }
      throw new ProblemException(
          Problem.badParameter(
              "cursor", "This cursor is none of ours. Begin without one, and take nextCursor."));
    }
  }
}
