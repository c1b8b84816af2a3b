package io.floodmark.api.sensors.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the audit log tells of a sensor. */
final class SensorStory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 50;

  private SensorStory() {}

  /**
   * One entry of the log.
   *
   * @param detail what was changed, by column, or the reason
   */
  record Entry(Instant at, String actor, String action, Map<String, String> detail) {}

  /** The newest entries on a sensor. */
  static List<Entry> of(Connection connection, String code) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT at, actor, action, detail
            FROM audit_entry
            WHERE subject = ?
            ORDER BY id DESC
            LIMIT ?
            """)) {
      select.setString(1, "sensor:" + code);
      select.setInt(2, SHOWN);
      try (ResultSet row = select.executeQuery()) {
        List<Entry> entries = new ArrayList<>();
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getObject("at", OffsetDateTime.class).toInstant(),
                  row.getString("actor"),
                  row.getString("action"),
                  detail(row.getString("detail"))));
        }
        return entries;
      }
    }
  }

  private static Map<String, String> detail(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      // The database checked that it is JSON, and only texts are ever written.
      throw new UncheckedIOException(e);
    }
  }
}
