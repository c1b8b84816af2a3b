package io.floodmark.ingest.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.AlertState;
import io.floodmark.judging.QualityMemory;
import io.floodmark.judging.QualityMemoryJson;
import io.floodmark.reading.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a {@link SensorState} that no query asks for, as the JSON of column {@code memory}:
 *
 * <pre>{@code
 * {"trend":[[1767225600000,142],...],
 *  "alert":{"meets":3,"holds":3,"heldAt":[1767225600000,...,null],"evaluatedAt":...,"arrivedAt":...,
 *   "supportedUntil":...},
 *  "quality":{...}}
 * }</pre>
 *
 * Times are milliseconds since 1970; for {@code quality} see {@link QualityMemoryJson}. About 1.5
 * kB. A row that the schema has just made holds {@code {}}. Pure.
 */
final class SensorMemory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SensorMemory() {}

  /** As the column holds it. */
  static String toJson(QualityMemory quality, Trend trend, AlertState alert) {
    ObjectNode memory = JSON.createObjectNode();
    ArrayNode samples = memory.putArray("trend");
    for (Trend.Sample sample : trend.samples()) {
      samples.addArray().add(sample.at().toEpochMilli()).add(sample.depthMm());
    }
    ObjectNode alertNode = memory.putObject("alert");
    alertNode.put("meets", alert.lastMeets());
    alertNode.put("holds", alert.lastHolds());
    ArrayNode heldAt = alertNode.putArray("heldAt");
    alert.lastHeldAt().forEach(at -> heldAt.add(millis(at)));
    alertNode.put("evaluatedAt", millis(alert.evaluatedAt()));
    alertNode.put("arrivedAt", millis(alert.arrivedAt()));
    if (!alert.supportedUntil().equals(Instant.MIN)) {
      alertNode.put("supportedUntil", millis(alert.supportedUntil()));
    }
    ObjectNode qualityNode = QualityMemoryJson.write(quality);
    if (!qualityNode.isEmpty()) {
      memory.set("quality", qualityNode);
    }
    return memory.toString();
  }

  /** What quality control remembers, in such JSON. */
  static QualityMemory qualityOf(JsonNode memory) {
    return QualityMemoryJson.read(memory.path("quality"));
  }

  /** The trend in such JSON. */
  static Trend trendOf(JsonNode memory) {
    List<Trend.Sample> samples = new ArrayList<>();
    for (JsonNode sample : memory.path("trend")) {
      samples.add(
          new Trend.Sample(
              Instant.ofEpochMilli(sample.path(0).longValue()), sample.path(1).intValue()));
    }
    return new Trend(samples);
  }

  /** The alert in such JSON; its level has a column of its own. */
  static AlertState alertOf(JsonNode memory, int level) {
    JsonNode alert = memory.path("alert");
    List<Instant> heldAt = new ArrayList<>();
    for (int i = 0; i < AlertPolicy.LEVEL_MAX; i++) {
      heldAt.add(instant(alert.path("heldAt").path(i)));
    }
    return new AlertState(
        level,
        alert.path("meets").intValue(),
        alert.path("holds").intValue(),
        heldAt,
        instant(alert.path("evaluatedAt")),
        instant(alert.path("arrivedAt")),
        instant(alert.path("supportedUntil")));
  }

  /**
   * The column's text as a tree.
   *
   * @throws IllegalStateException if it is no JSON, which a json column cannot hold
   */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("sensor_state.memory holds no JSON.", e);
    }
  }

  // Jackson writes a null Long as JSON null.
  private static Long millis(Instant at) {
    return at.equals(Instant.MIN) ? null : (Long) at.toEpochMilli();
  }

  private static Instant instant(JsonNode millis) {
    return millis.isNumber() ? Instant.ofEpochMilli(millis.longValue()) : Instant.MIN;
  }
}
