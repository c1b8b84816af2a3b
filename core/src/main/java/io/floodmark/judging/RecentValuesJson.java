package io.floodmark.judging;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.reading.RecentValues;
import java.io.IOException;

/**
 * {@link RecentValues} as a JSON array: time (milliseconds since 1970) and value of the first, then
 * of each further one the time since the one before it and its value.
 */
final class RecentValuesJson {
  private RecentValuesJson() {}

  static void write(JsonGenerator json, String name, RecentValues recent) throws IOException {
    json.writeArrayFieldStart(name);
    long last = 0;
    for (int i = 0; i < recent.size(); i++) {
      json.writeNumber(recent.millis(i) - last);
      value(json, recent.value(i));
      last = recent.millis(i);
    }
    json.writeEndArray();
  }

  static RecentValues read(JsonNode array) {
    int size = array.size() / 2;
    long[] millis = new long[size];
    double[] values = new double[size];
    long last = 0;
    for (int i = 0; i < size; i++) {
      last += array.path(2 * i).longValue();
      millis[i] = last;
      values[i] = value(array.path(2 * i + 1));
    }
    return RecentValues.of(millis, values);
  }

  /** Null for NaN, whole numbers without a fraction, which would only make the row longer. */
  static void value(JsonGenerator json, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else if (value == Math.rint(value)) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }

  static double value(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }
}
