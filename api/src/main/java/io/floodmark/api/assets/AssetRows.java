package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Rows of {@code asset} as {@link Asset}, and back into JSON. */
final class AssetRows {
  /** In the order in which {@link #asset} reads them. */
  static final String COLUMNS =
      """
      a.id, a.kind, a.ref, a.name, a.lon, a.lat, a.number, a.street, a.place, a.group_id, a.state, a.details,
      a.replaces_id, a.source, a.merged_into, a.verified_at, a.verified_by, a.made_up, a.version, a.created_at,
      a.updated_at\
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private AssetRows() {}

  static Optional<Asset> find(Connection connection, long id, boolean lock) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM asset a WHERE a.id = ?" + (lock ? " FOR UPDATE" : "");
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(asset(row)) : Optional.empty();
      }
    }
  }

  static Asset asset(ResultSet row) throws SQLException {
    AssetContent content =
        new AssetContent(
            row.getString(2),
            text(row, 3),
            text(row, 4),
            row.getDouble(5),
            row.getDouble(6),
            text(row, 7),
            text(row, 8),
            text(row, 9),
            integer(row, 10),
            AssetState.find(row.getString(11)).orElseThrow(),
            details(row.getString(12)),
            whole(row, 13),
            text(row, 14));
    return new Asset(
        row.getLong(1),
        content,
        whole(row, 15),
        time(row, 16),
        integer(row, 17),
        row.getBoolean(18),
        row.getInt(19),
        time(row, 20).orElseThrow(),
        time(row, 21).orElseThrow());
  }

  /** The values in {@code asset.details}. */
  static Map<String, AssetValue> details(String json) {
    try {
      Map<String, AssetValue> details = new LinkedHashMap<>();
      JsonNode root = JSON.readTree(json);
      root.fields()
          .forEachRemaining(
              entry ->
                  AssetValue.of(entry.getValue())
                      .ifPresent(value -> details.put(entry.getKey(), value)));
      return details;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL keeps only JSON in a jsonb.", e);
    }
  }

  /** What goes into {@code asset.details}. */
  static String json(Map<String, AssetValue> details) {
    byte[] bytes = Json.bytes(json -> write(json, details));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static void write(JsonGenerator json, Map<String, AssetValue> details) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AssetValue> detail : details.entrySet()) {
      json.writeFieldName(detail.getKey());
      detail.getValue().write(json);
    }
    json.writeEndObject();
  }

  private static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static OptionalInt integer(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static OptionalLong whole(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
