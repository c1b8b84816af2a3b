package io.floodmark.api.notify.channels;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Notice;
import java.io.IOException;
import java.util.Optional;

/** A message as programs read it; docs/http.md is its description. Pure. */
final class MessageJson {
  private MessageJson() {}

  static byte[] of(Message message, MessageText text) {
    return of(message, text, Optional.empty());
  }

  /**
   * The same for a sign.
   *
   * @param isOn whether it has to show anything, whatever this message tells
   */
  static byte[] of(Message message, MessageText text, Optional<Boolean> isOn) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("id", message.key().toString());
          json.writeStringField(
              "type", message.isTest() ? "test" : message.isSummary() ? "summary" : "alert");
          if (isOn.isPresent()) {
            json.writeBooleanField("on", isOn.get());
          }
          json.writeStringField("madeAt", Json.time(message.madeAt()));
          json.writeStringField("language", message.language().code());
          json.writeStringField("subject", text.subject(message));
          json.writeStringField("text", text.body(message));
          json.writeArrayFieldStart("alerts");
          for (Notice notice : message.notices()) {
            write(json, notice, text);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Notice notice, MessageText text)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", notice.alertId());
    json.writeNumberField("eventId", notice.eventId());
    json.writeStringField("kind", notice.alertKind());
    json.writeStringField("event", notice.step());
    json.writeNumberField("fromLevel", notice.fromLevel());
    json.writeNumberField("level", notice.toLevel());
    json.writeStringField("at", Json.time(notice.at()));
    Json.writeInt(json, "depthMm", notice.depthMm());
    Json.writeInt(json, "lowPointDepthMm", notice.lowPointDepthMm());
    json.writeBooleanField("madeUp", notice.isMadeUp());
    json.writeStringField("where", notice.where());
    Json.writeText(json, "zone", notice.zone());
    if (notice.place().isPresent()) {
      Notice.Place place = notice.place().get();
      json.writeObjectFieldStart("sensor");
      json.writeStringField("code", place.code());
      json.writeStringField("name", place.name());
      Json.writeText(json, "street", place.street());
      Json.writeText(json, "zone", place.zone());
      json.writeNumberField("lon", place.spot().lon());
      json.writeNumberField("lat", place.spot().lat());
      json.writeEndObject();
    } else {
      json.writeNullField("sensor");
    }
    Json.writeText(json, "map", text.mapOf(notice));
    json.writeEndObject();
  }

  /** Empty where there is no single step. */
  static Optional<Notice> single(Message message) {
    return message.notices().size() == 1 ? Optional.of(message.notices().get(0)) : Optional.empty();
  }
}
