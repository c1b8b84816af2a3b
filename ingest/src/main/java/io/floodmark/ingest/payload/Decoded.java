package io.floodmark.ingest.payload;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.reading.Reading;
import java.util.List;

/**
 * What the bytes of a message came to. Together the lists are never empty: a message with nothing
 * in it is itself rejected.
 *
 * @param readings in the order sent
 * @param rejections what of it was no reading, in the order sent
 * @param badFields fields that were unreadable and are now absent, 0 or more
 */
public record Decoded(List<Reading> readings, List<Rejection> rejections, int badFields) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if both are empty, or the count is negative
   */
  public Decoded {
    readings = List.copyOf(readings);
    rejections = List.copyOf(rejections);
    if (readings.isEmpty() && rejections.isEmpty()) {
      throw new IllegalArgumentException("A message holds a reading or is rejected.");
    }
    if (badFields < 0) {
      throw new IllegalArgumentException("A count is not negative: " + badFields);
    }
  }

  /** A message that is no reading as a whole. */
  static Decoded rejected(Rejection.Reason reason, String detail, byte[] payload) {
    return new Decoded(
        List.of(), List.of(new Rejection(reason, detail, payload, payload.length)), 0);
  }
}
