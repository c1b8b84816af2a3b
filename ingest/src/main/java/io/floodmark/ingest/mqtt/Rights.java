package io.floodmark.ingest.mqtt;

import io.floodmark.sensor.SensorCode;
import java.util.Optional;
import java.util.Set;

/** What whoever signed in may publish and subscribe to. Immutable. */
final class Rights {
  /** What a topic that may be published to carries. */
  enum Content {
    READINGS,
    STATUS
  }

  private final String readings;
  private final String status;
  private final Set<String> subscribable;

  private Rights(SensorCode own) {
    this.readings = Topics.readings(own);
    this.status = Topics.status(own);
    this.subscribable = Set.of(status, Topics.config(own), Topics.level(own), Topics.alert(own));
  }

  /** A sensor publishes and subscribes only under its own code. */
  static Rights ofSensor(SensorCode own) {
    return new Rights(own);
  }

  /** What a message to {@code topic} would carry; empty if it may not be published to. */
  Optional<Content> publish(String topic) {
    if (topic.equals(readings)) {
      return Optional.of(Content.READINGS);
    }
    return topic.equals(status) ? Optional.of(Content.STATUS) : Optional.empty();
  }

  /** Why {@code topic} may not be published to: a sentence for staff. */
  String whyNot(String topic) {
    return topic.startsWith(readings + "/")
        ? "This format is not taken: send JSON to " + readings + "."
        : "This sensor may publish only to " + readings + " and " + status + ".";
  }

  /** Filters are topics: wildcards match nothing. */
  boolean maySubscribe(String filter) {
    return subscribable.contains(filter);
  }
}
