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
    this.detail = storable(detail);
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
   * PostgreSQL takes neither U+0000 nor half a surrogate pair, and what is quoted may hold both.
   */
  private static String storable(String text) {
    String cut =
        text.substring(0, Math.min(text.length(), DETAIL_CHARS_MAX)).replace('\0', '\uFFFD');
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
