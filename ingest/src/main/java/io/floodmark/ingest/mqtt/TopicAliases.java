package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.Breach;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;

/**
 * The topics that a client stands numbers for (MQTT 5.0 §3.3.2.3.4); gone with the connection.
 * Confined to its event loop.
 */
final class TopicAliases {
  private static final String[] NONE = {};

  // Longer ones are nobody's, and their beginnings neither.
  private static final int TOPIC_CHARS_MAX = 1_024;

  private final int max;
  private String[] topics = NONE;

  /** Aliases from 1 to {@code max}. */
  TopicAliases(int max) {
    this.max = max;
  }

  /**
   * The topic of {@code publish}; remembered if it comes with an alias.
   *
   * @throws Breach if the alias is out of range, or stands for nothing (MQTT-3.3.2-9, -12)
   */
  String topic(Publish publish) {
    int alias = publish.properties().topicAlias();
    if (alias == 0) {
      return publish.topic();
    }
    if (alias > max) {
      throw Breach.of(
          ReasonCode.TOPIC_ALIAS_INVALID, "topic alias " + alias + " of at most " + max);
    }
    if (topics.length == 0) {
      topics = new String[max + 1];
    }
    if (!publish.topic().isEmpty()) {
      topics[alias] = Utf8.head(publish.topic(), TOPIC_CHARS_MAX + 1);
    } else if (topics[alias] == null) {
      throw Breach.of(
          ReasonCode.TOPIC_ALIAS_INVALID, "topic alias " + alias + " stands for nothing");
    }
    return topics[alias];
  }
}
