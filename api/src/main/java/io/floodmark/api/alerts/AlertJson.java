package io.floodmark.api.alerts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Alerts as JSON. Pure. */
public final class AlertJson {
  private AlertJson() {}

  /** One page of a list. */
  public static byte[] page(List<AlertView> alerts, Optional<AlertCursor> next) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("alerts");
          for (AlertView alert : alerts) {
            json.writeStartObject();
            writeFields(json, alert);
            json.writeEndObject();
          }
          json.writeEndArray();
          Json.writeText(json, "nextCursor", next.map(AlertCursor::text));
          json.writeEndObject();
        });
  }

  /** One alert. */
  public static byte[] bytes(AlertView alert) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          writeFields(json, alert);
          json.writeEndObject();
        });
  }

  /** An alert with the transition that is announced. */
  public static byte[] bytes(AlertEventView event) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          writeFields(json, event.alert());
          json.writeObjectFieldStart("event");
          json.writeNumberField("id", event.id());
          json.writeStringField("kind", event.kind());
          json.writeNumberField("fromLevel", event.fromLevel());
          json.writeNumberField("toLevel", event.toLevel());
          json.writeStringField("at", Json.time(event.at()));
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void writeFields(JsonGenerator json, AlertView alert) throws IOException {
    json.writeNumberField("id", alert.id());
    json.writeStringField("sensor", alert.sensorCode());
    json.writeStringField("sensorName", alert.sensorName());
    json.writeStringField("kind", alert.kind());
    json.writeStringField("state", alert.state());
    json.writeNumberField("level", alert.level());
    json.writeNumberField("peakLevel", alert.peakLevel());
    json.writeStringField("since", Json.time(alert.since()));
    json.writeStringField("changedAt", Json.time(alert.changedAt()));
    Json.writeTime(json, "clearedAt", alert.clearedAt());
  }
}
