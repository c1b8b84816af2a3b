package io.floodmark.api.assets.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.assets.files.Columns;
import io.floodmark.api.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is done with the columns of one list. Immutable.
 *
 * @param columns by the file's name of the column; a column that is not in it is not imported
 * @param constants what a field gets in rows whose own cell is empty, by key of the field
 * @param absent words that stand for an empty cell, such as {@code None}
 * @param update whether rows whose number is registered already change that asset; else they are
 *     problems
 * @param sheet of a workbook; empty for its first
 */
public record ColumnMapping(
    Map<String, Target> columns,
    Map<String, String> constants,
    Set<String> absent,
    boolean update,
    Optional<String> sheet) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies what it is given. */
  public ColumnMapping {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    constants = Collections.unmodifiableMap(new TreeMap<>(constants));
    absent = Collections.unmodifiableSet(new TreeSet<>(absent));
  }

  /** The column that goes to a field, in the file's own words. */
  public Optional<String> columnOf(String field) {
    return columns.entrySet().stream()
        .filter(entry -> entry.getValue().field().equals(field))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Fields to which more than one column goes: one would hide the other. */
  public Set<String> takenTwice() {
    Set<String> seen = new TreeSet<>();
    Set<String> twice = new TreeSet<>();
    columns.values().stream()
        .map(Target::field)
        .filter(field -> !seen.add(field))
        .forEach(twice::add);
    return twice;
  }

  /** The columns that are left out, in the order of the file. */
  public List<String> notImported(Columns file) {
    return file.names().stream().filter(name -> !columns.containsKey(name)).toList();
  }

  /** As it stands in {@code asset_import.mapping}. */
  public String json() {
    return new String(Json.bytes(this::write), StandardCharsets.UTF_8);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("columns");
    for (Map.Entry<String, Target> column : columns.entrySet()) {
      json.writeStringField(column.getKey(), column.getValue().written());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("constants");
    for (Map.Entry<String, String> constant : constants.entrySet()) {
      json.writeStringField(constant.getKey(), constant.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("absent");
    for (String word : absent) {
      json.writeString(word);
    }
    json.writeEndArray();
    json.writeBooleanField("update", update);
    Json.writeText(json, "sheet", sheet);
    json.writeEndObject();
  }

  /** What {@link #json} wrote; empty for {@code {}}, a file whose columns nobody has looked at. */
  public static Optional<ColumnMapping> parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL keeps only JSON in a jsonb.", e);
    }
    if (root.path("columns").isMissingNode()) {
      return Optional.empty();
    }
    Map<String, Target> columns = new LinkedHashMap<>();
    root.path("columns")
        .fields()
        .forEachRemaining(
            entry ->
                Target.parse(entry.getValue().asText())
                    .ifPresent(target -> columns.put(entry.getKey(), target)));
    Map<String, String> constants = new TreeMap<>();
    root.path("constants")
        .fields()
        .forEachRemaining(entry -> constants.put(entry.getKey(), entry.getValue().asText()));
    Set<String> absent = new TreeSet<>();
    root.path("absent").forEach(word -> absent.add(word.asText()));
    return Optional.of(
        new ColumnMapping(
            columns,
            constants,
            absent,
            root.path("update").asBoolean(),
            root.path("sheet").isTextual()
                ? Optional.of(root.path("sheet").asText())
                : Optional.empty()));
  }
}
