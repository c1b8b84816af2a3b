package io.floodmark.api.access;

import io.floodmark.api.http.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Writes to the audit log, in the transaction of what it tells of. It never gets the values of
 * personal data: what is erased elsewhere must not live on here.
 */
public final class AuditLog {
  private static final String INSERT =
      """
      INSERT INTO audit_entry (at, staff_id, actor, action, subject, address, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?::jsonb)
      """;

  private AuditLog() {}

  /**
   * Adds an entry.
   *
   * @param action what was done, as {@code asset.edit} or {@code household.see}
   * @param subject what it was done to, as {@code asset:1203} or {@code staff:lan}
   * @param address of who did it, where it came over a network
   * @param detail what else matters, without values of personal data
   */
  public static void add(
      Connection connection,
      Instant at,
      Caller caller,
      String action,
      String subject,
      Optional<String> address,
      Map<String, String> detail)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, at.atOffset(ZoneOffset.UTC));
      if (caller.staffId().isPresent()) {
        insert.setInt(2, caller.staffId().getAsInt());
      } else {
        insert.setNull(2, Types.INTEGER);
      }
      insert.setString(3, caller.actor());
      insert.setString(4, action);
      insert.setString(5, subject);
      insert.setString(6, address.orElse(null));
      insert.setString(7, json(detail));
      insert.executeUpdate();
    }
  }

  private static String json(Map<String, String> detail) {
    byte[] bytes =
        Json.bytes(
            json -> {
              json.writeStartObject();
              for (Map.Entry<String, String> entry : detail.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
              }
              json.writeEndObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
