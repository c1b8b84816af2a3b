package io.floodmark.api.live;

import io.floodmark.api.http.Json;
import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * A report that was filed or changed, as far as the feed tells of it.
 *
 * @param number to open it by
 * @param state where it stands
 * @param category what it is about
 * @param groupId whose scope it is in
 */
record ReportChange(String number, String state, String category, OptionalInt groupId) {
  private static final String SELECT =
      "SELECT number, state, category, group_id FROM report WHERE id = ANY (?) ORDER BY id";

  static List<ReportChange> read(Connection connection, Collection<Long> ids) throws SQLException {
    List<ReportChange> changes = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("int8", ids.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int group = row.getInt(4);
          changes.add(
              new ReportChange(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.wasNull() ? OptionalInt.empty() : OptionalInt.of(group)));
        }
      }
    }
    return changes;
  }

  LiveEvent event() {
    return LiveEvent.report(
        Buffer.buffer(
            Json.bytes(
                json -> {
                  json.writeStartObject();
                  json.writeStringField("number", number);
                  json.writeStringField("state", state);
                  json.writeStringField("category", category);
                  json.writeEndObject();
                })));
  }
}
