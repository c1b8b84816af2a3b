package io.floodmark.api.streets;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.routes.Visit;
import io.floodmark.passability.TravelLimits;
import io.floodmark.passability.TravelMode;
import io.floodmark.passability.TravelRules;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the limits of the ways of travelling. */
final class TravelLimitStore {
  private TravelLimitStore() {}

  /** Limits that staff have set, by whom and when. */
  record Held(TravelLimits limits, String by, Instant at) {}

  /** What differs from the defaults. */
  static Map<TravelMode, Held> held(Connection connection) throws SQLException {
    Map<TravelMode, Held> held = new EnumMap<>(TravelMode.class);
    try (PreparedStatement select = connection.prepareStatement("SELECT * FROM travel_limit");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        held.put(
            TravelMode.find(row.getString("mode")).orElseThrow(),
            new Held(
                new TravelLimits(row.getInt("caution_mm"), row.getInt("no_mm")),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant()));
      }
    }
    return held;
  }

  /** The limits in force. */
  static TravelRules rules(Connection connection) throws SQLException {
    Map<TravelMode, TravelLimits> changed = new EnumMap<>(TravelMode.class);
    held(connection).forEach((mode, held) -> changed.put(mode, held.limits()));
    return new TravelRules(changed);
  }

  /** Sets the limits of one way; those that are the default are stored as none. */
  static void set(
      Connection connection, Visit visit, Instant at, TravelMode mode, TravelLimits limits)
      throws SQLException {
    TravelLimits before = rules(connection).of(mode);
    if (before.equals(limits)) {
      return;
    }
    boolean isDefault = limits.equals(mode.limits());
    if (isDefault) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM travel_limit WHERE mode = ?")) {
        delete.setString(1, mode.key());
        delete.executeUpdate();
      }
    } else {
      try (PreparedStatement upsert =
          connection.prepareStatement(
              """
              INSERT INTO travel_limit (mode, caution_mm, no_mm, changed_by, changed_at)
              VALUES (?, ?, ?, ?, ?)
              ON CONFLICT (mode) DO UPDATE SET caution_mm = excluded.caution_mm,
                no_mm = excluded.no_mm, changed_by = excluded.changed_by,
                changed_at = excluded.changed_at
              """)) {
        upsert.setString(1, mode.key());
        upsert.setInt(2, limits.cautionFromMm());
        upsert.setInt(3, limits.noFromMm());
        upsert.setString(4, visit.caller().actor());
        upsert.setObject(5, at.atOffset(ZoneOffset.UTC));
        upsert.executeUpdate();
      }
    }
    AuditLog.add(
        connection,
        at,
        visit.caller(),
        isDefault ? "travel.default" : "travel.edit",
        "travel:" + mode.key(),
        Optional.of(visit.address()),
        Map.of("before", said(before), "after", said(limits)));
  }

  private static String said(TravelLimits limits) {
    return limits.cautionFromMm() + " / " + limits.noFromMm() + " mm";
  }
}
