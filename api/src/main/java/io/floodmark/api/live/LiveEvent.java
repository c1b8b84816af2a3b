package io.floodmark.api.live;

import io.floodmark.api.http.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A server-sent event, written once and given to every client (HTML, section 9.2).
 *
 * @param bytes all of it, blank line included; never changed
 * @param id what the client is to name as Last-Event-ID from now on, if the event says so
 */
record LiveEvent(Buffer bytes, OptionalLong id) {

  /** A sensor's Feature. */
  static LiveEvent level(Buffer feature) {
    return new LiveEvent(
        Buffer.buffer(feature.length() + 32)
            .appendString("event: level\ndata: ")
            .appendBuffer(feature)
            .appendString("\n\n"),
        OptionalLong.empty());
  }

  /** A transition of an alert. */
  static LiveEvent alert(long id, Buffer alert) {
    return new LiveEvent(
        Buffer.buffer(alert.length() + 48)
            .appendString("event: alert\nid: " + id + "\ndata: ")
            .appendBuffer(alert)
            .appendString("\n\n"),
        OptionalLong.of(id));
  }

  /** A report that was filed or changed; for staff only. */
  static LiveEvent report(Buffer change) {
    return new LiveEvent(
        Buffer.buffer(change.length() + 32)
            .appendString("event: report\ndata: ")
            .appendBuffer(change)
            .appendString("\n\n"),
        OptionalLong.empty());
  }

  /** A sign of life of the server, and whether it still hears of changes. */
  static LiveEvent heartbeat(Instant now, boolean databaseAway) {
    return new LiveEvent(
        Buffer.buffer("event: heartbeat\ndata: {" + moment(now, databaseAway) + "}\n\n"),
        OptionalLong.empty());
  }

  /** The beginning of a snapshot; {@link LiveSnapshot#tail()} is the rest. */
  static Buffer snapshotHead(long id, Instant now, boolean databaseAway) {
    return Buffer.buffer(
        ("event: snapshot\nid: " + id + "\ndata: {" + moment(now, databaseAway) + ",")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static String moment(Instant now, boolean databaseAway) {
    return "\"serverTime\":\""
        + Json.time(now)
        + "\""
        + (databaseAway ? ",\"databaseAway\":true" : "");
  }
}
