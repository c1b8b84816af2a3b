package io.floodmark.api.sensors.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.sensors.register.SensorChange;
import io.floodmark.api.sensors.register.SensorFault;
import io.floodmark.api.sensors.register.SensorRow;
import io.floodmark.api.sensors.register.SensorStore;
import io.floodmark.api.sensors.register.SensorToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The register of sensors in JSON: a list's columns in camelCase, and the thresholds as an array of
 * four. Pure.
 */
final class SensorJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String THRESHOLDS = "thresholdsMm";

  private SensorJson() {}

  /**
   * The object in a body.
   *
   * @throws ProblemException with 400 if there is none
   */
  static JsonNode object(Buffer body) {
    try {
      JsonNode json = JSON.readTree(body.getBytes());
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.badRequest("The body is no JSON: " + e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new ProblemException(Problem.badRequest("The body must be an object of JSON, { ... }."));
  }

  /**
   * A sensor's cells by the columns of a list.
   *
   * @throws ProblemException with 422 if the thresholds are no array of four
   */
  static Map<String, String> cells(JsonNode json) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String column : SensorChange.columns()) {
      JsonNode value = json.path(field(column));
      if (!SensorRow.THRESHOLDS.contains(column) && value.isValueNode() && !value.isNull()) {
        String text = value.asText().strip();
        if (!text.isEmpty()) {
          cells.put(column, text);
        }
      }
    }
    JsonNode thresholds = json.path(THRESHOLDS);
    if (!thresholds.isMissingNode()) {
      if (!thresholds.isArray() || thresholds.size() != SensorRow.THRESHOLDS.size()) {
        throw new ProblemException(
            Problem.invalid(THRESHOLDS, "Send an array of four rising depths in mm."));
      }
      for (int i = 0; i < thresholds.size(); i++) {
        cells.put(SensorRow.THRESHOLDS.get(i), thresholds.get(i).asText("?"));
      }
    }
    return cells;
  }

  /**
   * Refuses what has a fault, naming the first.
   *
   * @throws ProblemException with 422
   */
  static void refuse(List<SensorFault> faults) {
    if (!faults.isEmpty()) {
      SensorFault fault = faults.get(0);
      String field = field(fault.column());
      throw new ProblemException(
          Problem.invalid(field, "Field " + field + ": " + fault.what() + "."));
    }
  }

  /** What is registered of a sensor, with its token where one was just made. */
  static byte[] registration(SensorStore.Held held, Optional<SensorToken> token) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, String> cell : SensorChange.cells(held.sensor()).entrySet()) {
            String column = cell.getKey();
            if (SensorRow.THRESHOLDS.contains(column)) {
              continue;
            }
            json.writeFieldName(field(column));
            if (isNumber(column)) {
              json.writeNumber(cell.getValue());
            } else {
              json.writeString(cell.getValue());
            }
          }
          json.writeArrayFieldStart(THRESHOLDS);
          for (int mm : held.sensor().alertPolicy().thresholdsMm()) {
            json.writeNumber(mm);
          }
          json.writeEndArray();
          json.writeBooleanField("retired", held.sensor().retired());
          json.writeStringField("version", held.version());
          if (token.isPresent()) {
            json.writeStringField("token", token.get().value());
          }
          json.writeEndObject();
        });
  }

  /** A page of rejected messages. */
  static byte[] rejected(RejectedRows.Page page) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("messages");
          for (RejectedRows.Message message : page.messages()) {
            write(json, message);
          }
          json.writeEndArray();
          Json.writeText(json, "next", page.next());
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, RejectedRows.Message message) throws IOException {
    json.writeStartObject();
    json.writeStringField("receivedAt", Json.time(message.receivedAt()));
    json.writeStringField("reason", message.reason());
    json.writeStringField("detail", message.detail());
    json.writeStringField("topic", message.topic());
    json.writeNumberField("sizeBytes", message.sizeBytes());
    json.writeStringField(message.hex() ? "payloadHex" : "payload", message.payload());
    json.writeEndObject();
  }

  private static boolean isNumber(String column) {
    return column.equals("lon")
        || column.equals("lat")
        || column.endsWith("_mm")
        || column.endsWith("_s");
  }

  /** {@code mount_height_mm} is {@code mountHeightMm}; the thresholds are one field. */
  private static String field(String column) {
    if (SensorRow.THRESHOLDS.contains(column)) {
      return THRESHOLDS;
    }
    StringBuilder field = new StringBuilder();
    for (String part : column.split("_", -1)) {
      field.append(
          field.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return field.toString();
  }
}
