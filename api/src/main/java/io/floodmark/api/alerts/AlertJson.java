package io.floodmark.api.alerts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Alerts as JSON. Pure. */
public final class AlertJson {
  private AlertJson() {}

  /**
   * One page of a list.
   *
   * @param forStaff whether names, notes and reasons are told
   */
  static byte[] page(List<AlertView> alerts, Optional<AlertCursor> next, boolean forStaff) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("alerts");
          for (AlertView alert : alerts) {
            json.writeStartObject();
            writeFields(json, alert);
            if (forStaff) {
              writeForStaff(json, alert);
            }
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

  /** One alert with its history, for staff. */
  static byte[] bytes(AlertView alert, List<AlertStory.Entry> story) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          writeFields(json, alert);
          writeForStaff(json, alert);
          json.writeArrayFieldStart("history");
          for (AlertStory.Entry entry : story) {
            json.writeStartObject();
            json.writeNumberField("id", entry.id());
            json.writeStringField("kind", entry.kind());
            json.writeNumberField("fromLevel", entry.fromLevel());
            json.writeNumberField("toLevel", entry.toLevel());
            json.writeStringField("at", Json.time(entry.at()));
            Json.writeText(json, "actor", entry.actor());
            Json.writeText(json, "note", entry.note());
            Json.writeTime(json, "until", entry.until());
            Json.writeTime(json, "observedAt", entry.observedAt());
            Json.writeInt(json, "depthMm", entry.depthMm());
            Json.writeInt(json, "thresholdVersion", entry.thresholdVersion());
            json.writeEndObject();
          }
          json.writeEndArray();
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
    AlertHandling handling = alert.handling();
    Json.writeText(json, "zone", handling.zone());
    Json.writeTime(json, "acknowledgedAt", handling.acknowledgedAt());
    Json.writeTime(json, "shelvedUntil", handling.shelvedUntil());
    Json.writeText(json, "suppressed", handling.suppressed());
    json.writeFieldName("parentId");
    if (handling.parentId().isPresent()) {
      json.writeNumber(handling.parentId().get());
    } else {
      json.writeNull();
    }
    Json.writeTime(json, "closedAt", handling.closedAt());
  }

  private static void writeForStaff(JsonGenerator json, AlertView alert) throws IOException {
    AlertHandling handling = alert.handling();
    Json.writeText(json, "gateway", handling.gateway());
    Json.writeText(json, "acknowledgedBy", handling.acknowledgedBy());
    Json.writeText(json, "shelvedBy", handling.shelvedBy());
    Json.writeText(json, "shelfReason", handling.shelfReason());
    Json.writeText(json, "assignedTo", handling.assignedName());
    Json.writeText(json, "closedBy", handling.closedBy());
    Json.writeText(json, "closingRemark", handling.closingRemark());
  }
}
