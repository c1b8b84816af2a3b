package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.TopicFilter;
import io.floodmark.ingest.packet.ReasonCode;
import io.floodmark.sensor.SensorCode;
import java.util.Optional;

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

  /** Those of a sensor. Made for each connection, so it holds no topics: it looks at them. */
  final class OfSensor implements Rights {
    private static final String READINGS = "/readings";
    private static final String STATUS = "/status";
    private static final String CONFIG = "/config";

    private static final Optional<Content> IS_READINGS = Optional.of(Content.READINGS);
    private static final Optional<Content> IS_STATUS = Optional.of(Content.STATUS);

    private final SensorCode own;

    private OfSensor(SensorCode own) {
      this.own = own;
    }

    /** What a message to {@code topic} would carry; empty if it may not be published to. */
    Optional<Content> publish(String topic) {
      if (isOwn(topic, Topics.SENSORS, READINGS)) {
        return IS_READINGS;
      }
      return isOwn(topic, Topics.SENSORS, STATUS) ? IS_STATUS : Optional.empty();
    }

    /** Why {@code topic} may not be published to: a sentence for staff. */
    String whyNot(String topic) {
      String readings = Topics.readings(own);
      return topic.startsWith(readings + "/")
          ? "This format is not taken: send JSON to " + readings + "."
          : "This sensor may publish only to " + readings + " and " + Topics.status(own) + ".";
    }

    /** Filters are topics: wildcards match nothing. */
    @Override
    public boolean maySubscribe(String filter) {
      return isOwn(filter, Topics.SENSORS, STATUS)
          || isOwn(filter, Topics.SENSORS, CONFIG)
          || isOwn(filter, Topics.LEVELS, "")
          || isOwn(filter, Topics.ALERTS, "");
    }

    private boolean isOwn(String topic, String before, String after) {
      String code = own.value();
      return topic.length() == before.length() + code.length() + after.length()
          && topic.endsWith(after)
          && topic.startsWith(code, before.length())
          && topic.startsWith(before);
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
