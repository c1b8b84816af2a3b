package io.floodmark.ingest.mqtt;

import io.floodmark.sensor.SensorCode;

/** The names of topics, and filters that match them. */
final class Topics {
  /** What topics of levels begin with. */
  static final String LEVELS = "levels/";

  /** What topics of alerts begin with. */
  static final String ALERTS = "alerts/";

  /** What topics of sensors begin with. */
  static final String SENSORS = "sensors/";

  /** What interoperability suites want to be refused a subscription to. */
  static final String NO_SUBSCRIPTION = "test/nosubscribe";

  private static final String ANY_LEVELS = "#";
  private static final String ONE_LEVEL = "+";

  private Topics() {}

  static String readings(SensorCode code) {
    return "sensors/" + code + "/readings";
  }

  static String status(SensorCode code) {
    return "sensors/" + code + "/status";
  }

  static String config(SensorCode code) {
    return "sensors/" + code + "/config";
  }

  static String level(SensorCode code) {
    return LEVELS + code;
  }

  static String alert(SensorCode code) {
    return ALERTS + code;
  }

  /** The first level of a topic or filter, with its slash; empty if it has but one. */
  static String prefix(String topic) {
    return topic.substring(0, topic.indexOf('/') + 1);
  }

  /** Whether that is {@code levels/#}, {@code levels/+} or the like. */
  static boolean isWildcard(String filter) {
    String rest = filter.substring(prefix(filter).length());
    return rest.equals(ANY_LEVELS) || rest.equals(ONE_LEVEL);
  }

  /**
   * Whether a topic, or a filter, lies beside all that is ours: sensors, levels and alerts. A
   * filter that begins with a wildcard does, and may match what does not.
   */
  static boolean isOpen(String topic) {
    int slash = topic.indexOf('/');
    String first = (slash < 0 ? topic : topic.substring(0, slash)) + "/";
    return !first.equals(SENSORS) && !first.equals(LEVELS) && !first.equals(ALERTS);
  }
}
