package io.floodmark.api.readings;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Reduced readings as JSON. Pure. */
final class ReadingsJson {
  private static final List<String> COLUMNS = List.of("t", "depthMm", "minMm", "maxMm", "qc");

  private ReadingsJson() {}

  static byte[] bytes(
      String code, TimeRange range, Duration step, Duration reportInterval, List<Bucket> buckets) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("sensor", code);
          json.writeStringField("from", Json.time(range.from()));
          json.writeStringField("to", Json.time(range.to()));
          json.writeNumberField("stepSeconds", step.toSeconds());
          json.writeArrayFieldStart("columns");
          for (String column : COLUMNS) {
            json.writeString(column);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("rows");
          writeRows(json, step, reportInterval, buckets);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writeRows(
      JsonGenerator json, Duration step, Duration reportInterval, List<Bucket> buckets)
      throws IOException {
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      if (i > 0 && Bucket.isGapBetween(buckets.get(i - 1), bucket, step, reportInterval)) {
        writeGap(json, buckets.get(i - 1).startMillis() + step.toMillis());
      }
      json.writeStartArray();
      json.writeNumber(bucket.startMillis());
      writeNumber(json, bucket.depthMm());
      writeNumber(json, bucket.minMm());
      writeNumber(json, bucket.maxMm());
      json.writeNumber(bucket.qc());
      json.writeEndArray();
    }
  }

  private static void writeGap(JsonGenerator json, long atMillis) throws IOException {
    json.writeStartArray();
    json.writeNumber(atMillis);
    for (int i = 1; i < COLUMNS.size(); i++) {
      json.writeNull();
    }
    json.writeEndArray();
  }

  private static void writeNumber(JsonGenerator json, OptionalInt number) throws IOException {
    if (number.isPresent()) {
      json.writeNumber(number.getAsInt());
    } else {
      json.writeNull();
    }
  }
}
