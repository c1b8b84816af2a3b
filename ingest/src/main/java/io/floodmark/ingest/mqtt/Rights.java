package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.TopicFilter;
import io.floodmark.ingest.packet.ReasonCode;
import io.floodmark.sensor.SensorCode;
import java.util.Optional;
import java.util.Set;

/** What whoever signed in may publish and subscribe to. Immutable. */
sealed interface Rights {
  /** A sensor publishes and subscribes only under its own code. */
  static OfSensor ofSensor(SensorCode own) {
    return new OfSensor(own);
  }

  /** A reader subscribes to levels and alerts, and publishes nothing. */
  static Rights ofReader() {
    return new OfReader();
  }

  /** Open clients may have all that is not ours. */
  static Rights ofOpen() {
    return new OfOpen();
  }

  /** Whether {@code filter}, of a group or not, may be subscribed to: SUCCESS, or why not. */
  default ReasonCode subscribe(TopicFilter filter) {
    return maySubscribe(filter.filter()) ? ReasonCode.SUCCESS : ReasonCode.NOT_AUTHORIZED;
  }

  /** Whether that is a filter that may be subscribed to. */
  boolean maySubscribe(String filter);

  /** What a topic that may be published to carries. */
  enum Content {
    READINGS,
    STATUS
  }

  /** Those of a sensor. */
  final class OfSensor implements Rights {
    private final String readings;
    private final String status;
    private final Set<String> subscribable;

    private OfSensor(SensorCode own) {
      this.readings = Topics.readings(own);
      this.status = Topics.status(own);
      this.subscribable = Set.of(status, Topics.config(own), Topics.level(own), Topics.alert(own));
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
    @Override
    public boolean maySubscribe(String filter) {
      return subscribable.contains(filter);
    }
  }

  /** Those of a reader. */
  final class OfReader implements Rights {
    private OfReader() {}

    /** One sensor's, also one that is not there yet, or all of them. */
    @Override
    public boolean maySubscribe(String filter) {
      String prefix = Topics.prefix(filter);
      if (!prefix.equals(Topics.LEVELS) && !prefix.equals(Topics.ALERTS)) {
        return false;
      }
      return Topics.isWildcard(filter) || SensorCode.isValid(filter.substring(prefix.length()));
    }
  }

  /** Those of an open client. */
  final class OfOpen implements Rights {
    private OfOpen() {}

    /** Says no more than that: interoperability suites ask for that code. */
    @Override
    public ReasonCode subscribe(TopicFilter filter) {
      return maySubscribe(filter.filter()) ? ReasonCode.SUCCESS : ReasonCode.UNSPECIFIED;
    }

    /** What a wildcard matches beyond is not delivered. */
    @Override
    public boolean maySubscribe(String filter) {
      return Topics.isOpen(filter) && !filter.equals(Topics.NO_SUBSCRIPTION);
    }
  }
}
