package io.floodmark.api.readings;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import io.floodmark.api.pages.Texts;
import io.floodmark.quality.QualityReason;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reduced readings as JSON. Pure. */
final class ReadingsJson {
  private static final List<String> COLUMNS = List.of("t", "depthMm", "minMm", "maxMm", "qc");

  private static final String REASONS = "reasons";

  private static final String RAW = "rawMm";

  private ReadingsJson() {}

  /**
   * The answer.
   *
   * @param words if given, each row says why its readings are doubted, by reasons whose words are
   *     added
   */
  static byte[] bytes(
      String code,
      TimeRange range,
      Duration step,
      Duration reportInterval,
      List<Bucket> buckets,
      Optional<Texts> words) {
    return bytes(code, range, step, reportInterval, buckets, words, false);
  }

  /**
   * The same.
   *
   * @param raw whether each row, told with its reasons, also says what was measured raw
   */
  static byte[] bytes(
      String code,
      TimeRange range,
      Duration step,
      Duration reportInterval,
      List<Bucket> buckets,
      Optional<Texts> words,
      boolean raw) {
    int more = raw ? 2 : words.isPresent() ? 1 : 0;
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
          if (words.isPresent()) {
            json.writeString(REASONS);
          }
          if (raw) {
            json.writeString(RAW);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("rows");
          writeRows(json, step, reportInterval, buckets, more);
          json.writeEndArray();
          if (words.isPresent()) {
            writeWords(json, words.get(), buckets);
          }
          json.writeEndObject();
        });
  }

  private static void writeRows(
      JsonGenerator json, Duration step, Duration reportInterval, List<Bucket> buckets, int more)
      throws IOException {
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      if (i > 0 && Bucket.isGapBetween(buckets.get(i - 1), bucket, step, reportInterval)) {
        writeGap(json, buckets.get(i - 1).startMillis() + step.toMillis(), more);
      }
      json.writeStartArray();
      json.writeNumber(bucket.startMillis());
      writeNumber(json, bucket.depthMm());
      writeNumber(json, bucket.minMm());
      writeNumber(json, bucket.maxMm());
      json.writeNumber(bucket.qc());
      if (more > 0) {
        writeReasons(json, bucket);
      }
      if (more > 1) {
        writeNumber(json, bucket.rawMm());
      }
      json.writeEndArray();
    }
  }

  private static void writeReasons(JsonGenerator json, Bucket bucket) throws IOException {
    json.writeStartArray();
    for (QualityReason reason : QualityReason.values()) {
      if (bucket.reasons().contains(reason)) {
        json.writeString(reason.code());
      }
    }
    json.writeEndArray();
  }

  private static void writeWords(JsonGenerator json, Texts words, List<Bucket> buckets)
      throws IOException {
    Set<QualityReason> used = EnumSet.noneOf(QualityReason.class);
    buckets.forEach(bucket -> used.addAll(bucket.reasons()));
    json.writeObjectFieldStart("words");
    for (QualityReason reason : used) {
      json.writeStringField(reason.code(), words.of("doubt." + reason.code()));
    }
    json.writeEndObject();
  }

  private static void writeGap(JsonGenerator json, long atMillis, int more) throws IOException {
    json.writeStartArray();
    json.writeNumber(atMillis);
    for (int i = 1; i < COLUMNS.size() + more; i++) {
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
