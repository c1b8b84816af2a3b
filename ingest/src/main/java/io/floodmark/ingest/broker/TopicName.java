package io.floodmark.ingest.broker;

import java.nio.charset.StandardCharsets;

/** Rules of topic names, §4.7. Pure. */
public final class TopicName {
  static final char SEPARATOR = '/';
  static final String SEPARATOR_TEXT = "/";

  /** What a UTF-8 string of MQTT can hold (§1.5.4). */
  static final int BYTES_MAX = 65_535;

  private TopicName() {}

  /**
   * Whether a message can be published to {@code topic}: one character or more, no wildcards and no
   * U+0000, at most 65,535 bytes (§4.7.1, §4.7.3).
   */
  public static boolean isValid(String topic) {
    return isText(topic) && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
  }

  /** How many levels a name or a filter has: one more than it has slashes. */
  public static int levels(String topic) {
    int levels = 1;
    for (int i = topic.indexOf(SEPARATOR); i >= 0; i = topic.indexOf(SEPARATOR, i + 1)) {
      levels++;
    }
    return levels;
  }

  /** Whether it is the server's own, which wildcards at the beginning do not match (§4.7.2). */
  static boolean isServers(String topic) {
    return topic.startsWith("$");
  }

  static boolean isText(String text) {
    if (text.isEmpty() || text.indexOf('\0') >= 0 || text.length() > BYTES_MAX) {
      return false;
    }
    // A character is three bytes at most, or two of them four.
    return text.length() <= BYTES_MAX / 3
        || text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
  }
}
