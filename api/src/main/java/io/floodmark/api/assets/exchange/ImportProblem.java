package io.floodmark.api.assets.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.assets.files.FileProblemException;
import io.floodmark.api.assets.files.RowProblem;
import io.floodmark.api.http.Json;
import io.floodmark.api.pages.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is wrong, or doubtful, with a row of a list, in the file's own words. Immutable.
 *
 * @param row number as the file's user sees it; 0 for the whole file
 * @param column the file's name of the column, where one is at fault
 * @param cell as it stands there, shortened; empty where nothing does
 * @param key of the sentence, in the texts of {@code exchange}, {@code assets} or {@code files}
 * @param values for the sentence's placeholders
 * @param warning whether the row can be imported all the same
 */
public record ImportProblem(
    long row,
    Optional<String> column,
    String cell,
    String key,
    Map<String, String> values,
    boolean warning) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Shortens the cell, copies the values. */
  public ImportProblem {
    cell = RowProblem.shortened(cell);
    values = Map.copyOf(values);
  }

  /** A problem that the reading of the file found. */
  static ImportProblem of(RowProblem problem) {
    return new ImportProblem(
        problem.row(),
        problem.column(),
        problem.values().getOrDefault(RowProblem.CELL, ""),
        problem.key(),
        problem.values(),
        false);
  }

  /** Why the rest of the file cannot be read. */
  static ImportProblem of(FileProblemException problem) {
    return new ImportProblem(0, Optional.empty(), "", problem.key(), problem.values(), false);
  }

  /** That nothing came of it, for a reason that is no row's. */
  static ImportProblem ofAll(String key) {
    return new ImportProblem(0, Optional.empty(), "", key, Map.of(), false);
  }

  /** What is wrong and what to do, in the language of {@code texts}. */
  public String sentence(Texts texts) {
    Map<String, String> all = new TreeMap<>(values);
    all.put("row", Long.toString(row));
    all.putIfAbsent(RowProblem.CELL, cell);
    column.ifPresent(name -> all.putIfAbsent("column", name));
    return texts.of(key, all);
  }

  /** One line for a terminal: {@code row 17, DBH_TRUNK "abc": ...}. */
  public String line(Texts texts) {
    StringBuilder line = new StringBuilder();
    if (row > 0) {
      line.append("row ").append(row);
      column.ifPresent(name -> line.append(", ").append(name));
      if (!cell.isEmpty()) {
        line.append(" \"").append(cell.replace('\n', ' ').replace('\r', ' ')).append('"');
      }
      line.append(warning ? ": warning: " : ": ");
    }
    return line.append(sentence(texts)).toString();
  }

  /** As it stands in {@code asset_import.problems}. */
  static String json(List<ImportProblem> problems) {
    byte[] bytes =
        Json.bytes(
            json -> {
              json.writeStartArray();
              for (ImportProblem problem : problems) {
                problem.write(json);
              }
              json.writeEndArray();
            });
    // PostgreSQL has no character 0 in a jsonb; a file may.
    return new String(bytes, StandardCharsets.UTF_8).replace("\\u0000", "\\ufffd");
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("row", row);
    Json.writeText(json, "column", column);
    json.writeStringField("cell", cell);
    json.writeStringField("key", key);
    json.writeObjectFieldStart("values");
    for (Map.Entry<String, String> value : values.entrySet()) {
      json.writeStringField(value.getKey(), value.getValue());
    }
    json.writeEndObject();
    json.writeBooleanField("warning", warning);
    json.writeEndObject();
  }

  /** What {@link #json} wrote. */
  static List<ImportProblem> parse(String json) {
    try {
      List<ImportProblem> problems = new ArrayList<>();
      for (JsonNode node : JSON.readTree(json)) {
        Map<String, String> values = new TreeMap<>();
        node.path("values")
            .fields()
            .forEachRemaining(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        problems.add(
            new ImportProblem(
                node.path("row").asLong(),
                Optional.of(node.path("column")).filter(JsonNode::isTextual).map(JsonNode::asText),
                node.path("cell").asText(),
                node.path("key").asText(),
                values,
                node.path("warning").asBoolean()));
      }
      return problems;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL keeps only JSON in a jsonb.", e);
    }
  }
}
