package io.floodmark.api.reports;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import io.floodmark.report.ReportState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reports as JSON. Pure. */
final class ReportJson {
  private ReportJson() {}

  static byte[] filed(ReportFile.Filed filed) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("number", filed.number());
          json.writeStringField("link", "/r/" + filed.secret().value());
          json.writeEndObject();
        });
  }

  static byte[] page(ReportInbox.Page page, boolean withContact) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("reports");
          for (ReportRow report : page.reports()) {
            json.writeStartObject();
            fields(json, report, withContact);
            json.writeEndObject();
          }
          json.writeEndArray();
          Json.writeText(json, "nextCursor", page.next());
          json.writeEndObject();
        });
  }

  /** All that staff see of one. */
  static byte[] one(
      ReportRow report,
      List<ReportRows.Event> events,
      List<ReportRows.Message> messages,
      boolean withContact) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          fields(json, report, withContact);
          messages(json, messages);
          json.writeArrayFieldStart("history");
          for (ReportRows.Event event : events) {
            json.writeStartObject();
            json.writeStringField("at", Json.time(event.at()));
            json.writeStringField("kind", event.kind());
            json.writeStringField("actor", event.actor());
            Json.writeText(json, "publicNote", event.publicNote());
            Json.writeText(
                json,
                "note",
                event.note().map(n -> n.equals(ReportDesk.OFF_MAP) ? "Taken off the map" : n));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** What the reporter sees: no names, no notes for staff. */
  static byte[] ofReporter(
      ReportRow report, List<ReportRows.Event> events, List<ReportRows.Message> messages) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("number", report.number());
          json.writeStringField("category", report.what().category().key());
          Json.writeText(json, "depth", report.what().depth().map(depth -> depth.key()));
          Json.writeText(json, "text", report.what().text());
          state(json, report);
          Json.writeText(json, "duplicateState", report.duplicateState().map(ReportState::key));
          Json.writeTime(json, "erasedAt", report.erasedAt());
          messages(json, messages);
          json.writeArrayFieldStart("history");
          for (ReportRows.Event event : events) {
            if (!event.kind().equals("note") || event.publicNote().isPresent()) {
              json.writeStartObject();
              json.writeStringField("at", Json.time(event.at()));
              json.writeStringField("kind", event.kind());
              Json.writeText(json, "publicNote", event.publicNote());
              json.writeEndObject();
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void messages(JsonGenerator json, List<ReportRows.Message> messages)
      throws IOException {
    json.writeArrayFieldStart("messages");
    for (ReportRows.Message message : messages) {
      json.writeStartObject();
      json.writeStringField("at", Json.time(message.at()));
      json.writeStringField("text", message.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void state(JsonGenerator json, ReportRow report) throws IOException {
    json.writeStringField("state", report.state().key());
    json.writeStringField("stateSince", Json.time(report.stateSince()));
    json.writeStringField("createdAt", Json.time(report.createdAt()));
    Json.writeTime(json, "dueAt", report.dueAt());
    Json.writeText(json, "answer", report.answer());
  }

  private static void fields(JsonGenerator json, ReportRow report, boolean withContact)
      throws IOException {
    json.writeStringField("number", report.number());
    json.writeStringField("category", report.what().category().key());
    Json.writeText(json, "depth", report.what().depth().map(depth -> depth.key()));
    Json.writeText(json, "text", report.what().text());
    Json.writeText(
        json, "contact", withContact ? report.what().contact() : Optional.<String>empty());
    Json.writeDecimal(json, "lon", report.where().lon(), 6);
    Json.writeDecimal(json, "lat", report.where().lat(), 6);
    Json.writeText(json, "place", report.where().place());
    Json.writeText(json, "asset", report.where().asset());
    Json.writeText(json, "group", report.where().groupName());
    state(json, report);
    Json.writeText(json, "assignedTo", report.assignedName());
    Json.writeText(json, "duplicateOf", report.duplicateOf());
    Json.writeTime(json, "shownUntil", report.shownUntil());
    Json.writeTime(json, "erasedAt", report.erasedAt());
    json.writeNumberField("version", report.version());
  }
}
