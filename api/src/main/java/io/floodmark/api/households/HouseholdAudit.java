package io.floodmark.api.households;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.routes.Visit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the audit log says of household data: that it was seen or changed, why, and which rows. */
final class HouseholdAudit {
  private HouseholdAudit() {}

  /** A look at these households, with the reason that was given for it. */
  static void look(
      Connection connection,
      Visit visit,
      Instant at,
      String action,
      String subject,
      String reason,
      List<Household> seen)
      throws SQLException {
    String ids = seen.stream().map(h -> Long.toString(h.id())).collect(Collectors.joining(","));
    add(connection, visit, at, action, subject, Map.of("reason", reason, "households", ids));
  }

  /** A change of one household: not what it was, nor what it is now. */
  static void change(
      Connection connection, Visit visit, Instant at, String action, String subject, long id)
      throws SQLException {
    add(connection, visit, at, action, subject, Map.of("household", Long.toString(id)));
  }

  private static void add(
      Connection connection,
      Visit visit,
      Instant at,
      String action,
      String subject,
      Map<String, String> detail)
      throws SQLException {
    AuditLog.add(
        connection, at, visit.caller(), action, subject, Optional.of(visit.address()), detail);
  }
}
