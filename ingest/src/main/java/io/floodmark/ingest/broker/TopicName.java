package io.floodmark.ingest.broker;

import java.nio.charset.StandardCharsets;

/** Rules of topic names, §4.7. Pure. */
public final class TopicName {
  static final char SEPARATOR = '/';
  static final String SEPARATOR_TEXT = "/";

  /** MQTT allows 65,535 (§1.5.4); no index of a database holds as much. */
  static final int BYTES_MAX = 1_024;

  /** MQTT knows no limit; a tree that is as deep as a topic is long would be a trap. */
  static final int LEVELS_MAX = 128;

  private TopicName() {}

  /**
   * Whether a message can be published to {@code topic}: one character or more, no wildcards, no
   * U+0000 and no half characters (§4.7.1, §4.7.3, §1.5.4); at most 1,024 bytes and 128 levels,
   * which is our own bound (reason code 0x90).
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

  /** Whether it is what a topic name or a filter can be made of. */
  static boolean isText(String text) {
    return !text.isEmpty()
        && text.length() <= BYTES_MAX
        && text.indexOf('\0') < 0
        && levels(text) <= LEVELS_MAX
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
  }
}
