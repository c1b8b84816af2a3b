package io.floodmark.ingest.commit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.reading.Reading;
import java.nio.charset.StandardCharsets;

/**
 * A decoded reading as JSON, in the names of the wire: what staff see of a reading that is rejected
 * only after it was decoded, out of whichever format. Pure.
 */
final class ReadingText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReadingText() {}

  /** A rejection that quotes {@code reading}. */
  static Rejection rejection(Rejection.Reason reason, String detail, Reading reading) {
    byte[] json = of(reading).getBytes(StandardCharsets.UTF_8);
    return new Rejection(reason, detail, json, json.length);
  }

  static String of(Reading reading) {
    ObjectNode json = JSON.createObjectNode();
    reading.deviceTsMillis().ifPresent(value -> json.put("ts", value));
    reading.distanceMm().ifPresent(value -> json.put("distance_mm", value));
    reading.depthMm().ifPresent(value -> json.put("depth_mm", value));
    reading.rainMm().ifPresent(value -> json.put("rain_mm", (float) value));
    reading.batteryMv().ifPresent(value -> json.put("battery_mv", value));
    reading.rssiDbm().ifPresent(value -> json.put("rssi_dbm", value));
    reading.temperatureC().ifPresent(value -> json.put("temperature_c", (float) value));
    reading.housingC().ifPresent(value -> json.put("housing_c", (float) value));
    reading.seq().ifPresent(value -> json.put("seq", value));
    return json.toString();
  }
}
