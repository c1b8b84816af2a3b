package io.floodmark.ingest.commit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.AlertState;
import io.floodmark.judging.QualityMemory;
import io.floodmark.judging.QualityMemoryJson;
import io.floodmark.reading.RecentValues;
import io.floodmark.reading.Trend;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
  private static final int TYPICAL_CHARS = 2_048;

  private SensorMemory() {}

  /** As the column holds it. */
  static String toJson(QualityMemory quality, Trend trend, AlertState alert) {
    return written(
        json -> {
          json.writeArrayFieldStart("trend");
          RecentValues depths = trend.depthsMm();
          for (int i = 0; i < depths.size(); i++) {
            json.writeStartArray();
            json.writeNumber(depths.millis(i));
            json.writeNumber((int) depths.value(i));
            json.writeEndArray();
          }
          json.writeEndArray();
          write(json, alert);
          if (quality.samples() > 0) {
            json.writeFieldName("quality");
            QualityMemoryJson.write(json, quality);
          }
        });
  }

  private static void write(JsonGenerator json, AlertState alert) throws IOException {
    json.writeObjectFieldStart("alert");
    json.writeNumberField("meets", alert.lastMeets());
    json.writeNumberField("holds", alert.lastHolds());
    json.writeArrayFieldStart("heldAt");
    for (Instant at : alert.lastHeldAt()) {
      time(json, at);
    }
    json.writeEndArray();
    json.writeFieldName("evaluatedAt");
    time(json, alert.evaluatedAt());
    json.writeFieldName("arrivedAt");
    time(json, alert.arrivedAt());
    if (!alert.supportedUntil().equals(Instant.MIN)) {
      json.writeFieldName("supportedUntil");
      time(json, alert.supportedUntil());
    }
    json.writeEndObject();
  }

  /** What goes between the braces of an object. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** An object as text, without a tree in between: one is written with nearly every reading. */
  static String written(Fields fields) {
    StringWriter text = new StringWriter(TYPICAL_CHARS);
    try (JsonGenerator json = JSON.getFactory().createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A string has not taken its text.", e);
    }
    return text.toString();
  }

  /** Milliseconds since 1970, null for never. */
  static void time(JsonGenerator json, Instant at) throws IOException {
    if (at.equals(Instant.MIN)) {
      json.writeNull();
    } else {
      json.writeNumber(at.toEpochMilli());
    }
  }

  /** What quality control remembers, in such JSON. */
  static QualityMemory qualityOf(JsonNode memory) {
    return QualityMemoryJson.read(memory.path("quality"));
  }

  /** The trend in such JSON. */
  static Trend trendOf(JsonNode memory) {
    JsonNode samples = memory.path("trend");
    long[] millis = new long[samples.size()];
    double[] depths = new double[samples.size()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = samples.path(i).path(0).longValue();
      depths[i] = samples.path(i).path(1).intValue();
    }
    return new Trend(RecentValues.of(millis, depths));
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

  /** What {@link #time} wrote. */
  static Instant instant(JsonNode millis) {
    return millis.isNumber() ? Instant.ofEpochMilli(millis.longValue()) : Instant.MIN;
  }
}
