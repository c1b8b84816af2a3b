package io.floodmark.ingest.commit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A message, or an element of one, that is no reading. Immutable. */
public final class Rejection {
  /** Longest excerpt that is kept. */
  public static final int EXCERPT_BYTES_MAX = 4_096;

  private static final int DETAIL_CHARS_MAX = 500;

  /** Why. */
  public enum Reason {
    /** Not the format that the topic names. */
    SYNTAX,
    /** Neither distance nor depth nor rain. */
    EMPTY,
    /** A value that does not fit its column. */
    RANGE,
    /** A topic that this sensor may not publish to. */
    TOPIC,
    /** Larger than the largest payload taken. */
    OVERSIZE,
    /** The same sensor and time as a stored reading, with another measurement. */
    CONFLICT;

    /** The name that is stored: lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;
  private final String detail;
  private final int sizeBytes;
  private final byte[] excerpt;

  /**
   * A rejection.
   *
   * @param reason a stable code
   * @param detail one sentence for staff: what is wrong with it; may quote what was sent, is cut at
   *     500 characters
   * @param payload what was sent, or its beginning; the first 4,096 bytes are copied
   * @param sizeBytes size of the whole payload
   */
  public Rejection(Reason reason, String detail, byte[] payload, int sizeBytes) {
    this.reason = reason;
    this.detail = storable(detail.substring(0, Math.min(detail.length(), DETAIL_CHARS_MAX)));
    this.sizeBytes = sizeBytes;
    this.excerpt = Arrays.copyOf(payload, Math.min(payload.length, EXCERPT_BYTES_MAX));
  }

  /** A stable code. */
  public Reason reason() {
    return reason;
  }

  /** One sentence for staff: what is wrong with it. */
  public String detail() {
    return detail;
  }

  /** Size of the whole payload in bytes. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** A copy of the beginning of the payload, at most 4,096 bytes. */
  public byte[] excerpt() {
    return excerpt.clone();
  }

  /**
   * {@code text} without what PostgreSQL takes into no text column: U+0000, and halves of surrogate
   * pairs. What was sent may hold both, in a payload that is quoted as in a topic.
   */
  static String storable(String text) {
    byte[] utf8 = text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
