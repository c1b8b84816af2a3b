package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was changed in the register, by whom and why. Only ever added to. */
public final class AssetHistory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ADD =
      """
      INSERT INTO asset_history (asset_id, version, at, staff_id, actor, action, reason, changes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      """;

  private static final String OF_FAMILY =
      """
      SELECT h.asset_id, h.version, h.at, h.actor, coalesce(s.name, h.actor), h.action, h.reason, h.changes
      FROM asset_history h
      LEFT JOIN staff s ON s.id = h.staff_id
      WHERE h.asset_id = ANY (?)
      ORDER BY h.at DESC, h.id DESC
      LIMIT ?
      """;

  private AssetHistory() {}

  /**
   * A field that changed.
   *
   * @param before empty where it had no value
   * @param after empty where it has none any more
   */
  public record Diff(Optional<String> before, Optional<String> after) {}

  /**
   * An entry.
   *
   * @param assetId the asset that it was written about, which may be merged into another by now
   * @param version that the asset had after it
   * @param at when
   * @param actor who, as the audit log names them
   * @param person their name
   * @param action as {@code edited}
   * @param reason in their words
   * @param changes by field, in the order of the keys
   */
  public record Entry(
      long assetId,
      int version,
      Instant at,
      String actor,
      String person,
      String action,
      Optional<String> reason,
      Map<String, Diff> changes) {}

  /** Adds an entry, in the transaction of the change. */
  public static void add(
      Connection connection,
      long assetId,
      int version,
      String action,
      Change change,
      Map<String, Diff> changes)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setLong(1, assetId);
      insert.setInt(2, version);
      insert.setObject(3, change.at().atOffset(ZoneOffset.UTC));
      if (change.caller().staffId().isPresent()) {
        insert.setInt(4, change.caller().staffId().getAsInt());
      } else {
        insert.setNull(4, Types.INTEGER);
      }
      insert.setString(5, change.caller().actor());
      insert.setString(6, action);
      insert.setString(7, change.reason().orElse(null));
      insert.setString(8, json(changes));
      insert.executeUpdate();
    }
  }

  /** The newest entries of these assets together, at most {@code most}. */
  public static List<Entry> of(Connection connection, Set<Long> family, int most)
      throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OF_FAMILY)) {
      query.setArray(1, connection.createArrayOf("bigint", family.toArray()));
      query.setInt(2, most);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getLong(1),
                  row.getInt(2),
                  AssetRows.time(row, 3).orElseThrow(),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  Optional.ofNullable(row.getString(7)),
                  changes(row.getString(8))));
        }
      }
    }
    return entries;
  }

  /** What differs between two states of an asset, as it is kept. */
  static Map<String, Diff> between(AssetContent before, AssetContent after) {
    Map<String, String> old = plain(before);
    Map<String, String> young = plain(after);
    Set<String> keys = new java.util.TreeSet<>(old.keySet());
    keys.addAll(young.keySet());
    Map<String, Diff> changes = new TreeMap<>();
    for (String key : keys) {
      Diff diff = new Diff(Optional.ofNullable(old.get(key)), Optional.ofNullable(young.get(key)));
      if (!diff.before().equals(diff.after())) {
        changes.put(key, diff);
      }
    }
    return changes;
  }

  private static Map<String, String> plain(AssetContent content) {
    Map<String, String> plain = new LinkedHashMap<>();
    content.ref().ifPresent(text -> plain.put("ref", text));
    content.name().ifPresent(text -> plain.put("name", text));
    plain.put("lon", Double.toString(content.lon()));
    plain.put("lat", Double.toString(content.lat()));
    content.number().ifPresent(text -> plain.put("number", text));
    content.street().ifPresent(text -> plain.put("street", text));
    content.place().ifPresent(text -> plain.put("place", text));
    content.groupId().ifPresent(id -> plain.put("group", Integer.toString(id)));
    plain.put("state", content.state().key());
    content.replacesId().ifPresent(id -> plain.put("replaces", Long.toString(id)));
    content.details().forEach((key, value) -> plain.put(key, value.plain()));
    return plain;
  }

  private static String json(Map<String, Diff> changes) {
    byte[] bytes =
        Json.bytes(
            json -> {
              json.writeStartObject();
              for (Map.Entry<String, Diff> change : changes.entrySet()) {
                json.writeArrayFieldStart(change.getKey());
                json.writeString(change.getValue().before().orElse(null));
                json.writeString(change.getValue().after().orElse(null));
                json.writeEndArray();
              }
              json.writeEndObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Map<String, Diff> changes(String json) {
    try {
      Map<String, Diff> changes = new TreeMap<>();
      JSON.readTree(json)
          .fields()
          .forEachRemaining(
              entry ->
                  changes.put(
                      entry.getKey(),
                      new Diff(word(entry.getValue().path(0)), word(entry.getValue().path(1)))));
      return changes;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL keeps only JSON in a jsonb.", e);
    }
  }

  private static Optional<String> word(JsonNode node) {
    return node.isNull() || node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
  }
}
