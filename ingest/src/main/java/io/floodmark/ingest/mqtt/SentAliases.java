package io.floodmark.ingest.mqtt;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers that stand for topics on the way to one client (MQTT 5.0 §3.3.2.3.4): the first
 * topics that come have them. Gone with the connection; confined to its event loop.
 */
final class SentAliases {
  // A dashboard of a ward has some dozens of sensors; more numbers would save little.
  private static final int MAX = 64;

  private final int max;
  private final Map<String, Integer> byTopic = new HashMap<>();

  /** The highest alias that the client has been told. They are told in their order. */
  private int known;

  /** As many as the client takes. */
  SentAliases(int clientMax) {
    this.max = Math.min(clientMax, MAX);
  }

  /** The alias of {@code topic}; 0 if it has none and there are no more. */
  int of(String topic) {
    Integer alias = byTopic.get(topic);
    if (alias != null) {
      return alias;
    }
    // One at a time, so that a message that could not be written leaves no gap.
    if (byTopic.size() == max || byTopic.size() > known) {
      return 0;
    }
    byTopic.put(topic, byTopic.size() + 1);
    return byTopic.size();
  }

  /** Whether the client knows what {@code alias} stands for. */
  boolean isKnown(int alias) {
    return alias > 0 && alias <= known;
  }

  /** The client has been told. */
  void know(int alias) {
    known = Math.max(known, alias);
  }
}
