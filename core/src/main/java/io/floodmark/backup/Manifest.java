package io.floodmark.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backup holds. Stands as JSON in the file's last entry, so that a file that was broken off
 * has none.
 *
 * @param product version of the program that wrote it
 * @param schema number of the last migration that the tables had seen, such as {@code 015}
 * @param takenAt when; everything committed before is in it
 * @param engine the database server that it came from, in words
 * @param months that have readings, for which partitions are made before they are restored
 * @param tables each with its rows
 * @param sequences each with its value
 */
public record Manifest(
    String product,
    String schema,
    Instant takenAt,
    String engine,
    List<YearMonth> months,
    List<Table> tables,
    List<Sequence> sequences) {
  /** Of the file, not of the tables: raised when its layout changes. */
  private static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies its lists. */
  public Manifest {
    months = List.copyOf(months);
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
  }

  /**
   * One table.
   *
   * @param columns in the order in which their values stand
   * @param rows how many
   * @param bytes of its entry, uncompressed
   * @param sha256 of its entry, uncompressed, in hexadecimal digits
   */
  public record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
    /** Copies the columns. */
    public Table {
      columns = List.copyOf(columns);
    }

    /** Its place in the file. */
    String entry() {
      return "tables/" + name + ".copy";
    }
  }

  /**
   * One sequence.
   *
   * @param value the last one drawn, or the first to be drawn
   * @param drawn whether it was
   */
  public record Sequence(String name, long value, boolean drawn) {}

  /** Rows of all tables together. */
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  byte[] toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("product", product);
    json.put("schema", schema);
    json.put("takenAt", takenAt.toString());
    json.put("engine", engine);
    ArrayNode monthList = json.putArray("months");
    months.forEach(month -> monthList.add(month.toString()));
    ArrayNode tableList = json.putArray("tables");
    for (Table table : tables) {
      ObjectNode node = tableList.addObject();
      node.put("name", table.name());
      ArrayNode columns = node.putArray("columns");
      table.columns().forEach(columns::add);
      node.put("rows", table.rows());
      node.put("bytes", table.bytes());
      node.put("sha256", table.sha256());
    }
    ArrayNode sequenceList = json.putArray("sequences");
    for (Sequence sequence : sequences) {
      sequenceList
          .addObject()
          .put("name", sequence.name())
          .put("value", sequence.value())
          .put("drawn", sequence.drawn());
    }
    return json.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws BackupException if a newer program wrote it, or it is none
   */
  static Manifest of(byte[] text) throws BackupException {
    try {
      JsonNode json = JSON.readTree(new String(text, StandardCharsets.UTF_8));
      int format = json.path("format").asInt(-1);
      if (format > FORMAT) {
        throw new BackupException(
            "The backup was written by Floodmark %s in a way that this version does not know. Restore it with that version or a newer one."
                .formatted(json.path("product").asText("of a newer version")));
      }
      if (format != FORMAT) {
        throw new BackupException("Its list of contents is not one of Floodmark's.");
      }
      List<YearMonth> months = new ArrayList<>();
      json.path("months").forEach(month -> months.add(YearMonth.parse(month.asText())));
      return new Manifest(
          json.path("product").asText(),
          json.path("schema").asText(),
          Instant.parse(json.path("takenAt").asText()),
          json.path("engine").asText(),
          months,
          tables(json),
          sequences(json));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new BackupException("Its list of contents cannot be read.", e);
    }
  }

  private static List<Table> tables(JsonNode json) {
    List<Table> tables = new ArrayList<>();
    for (JsonNode table : json.path("tables")) {
      List<String> columns = new ArrayList<>();
      table.path("columns").forEach(column -> columns.add(column.asText()));
      tables.add(
          new Table(
              table.path("name").asText(),
              columns,
              table.path("rows").asLong(-1),
              table.path("bytes").asLong(-1),
              table.path("sha256").asText()));
    }
    return tables;
  }

  private static List<Sequence> sequences(JsonNode json) {
    List<Sequence> sequences = new ArrayList<>();
    for (JsonNode sequence : json.path("sequences")) {
      sequences.add(
          new Sequence(
              sequence.path("name").asText(),
              sequence.path("value").asLong(),
              sequence.path("drawn").asBoolean()));
    }
    return sequences;
  }
}
