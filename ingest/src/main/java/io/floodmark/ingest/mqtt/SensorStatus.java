package io.floodmark.ingest.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a sensor says of itself, or leaves as its will to be said should it vanish. */
enum SensorStatus {
  ONLINE("online"),
  OFFLINE("offline");

  private final String text;

  SensorStatus(String text) {
    this.text = text;
  }

  /** The status that {@code payload} spells out exactly. */
  static Optional<SensorStatus> find(byte[] payload) {
    String sent = new String(payload, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(status -> status.text.equals(sent)).findFirst();
  }
}
