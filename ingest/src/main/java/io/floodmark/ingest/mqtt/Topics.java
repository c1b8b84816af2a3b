package io.floodmark.ingest.mqtt;

import io.floodmark.sensor.SensorCode;
import java.util.List;

/** The names of topics, and filters that match them. */
final class Topics {
  /** What topics of levels begin with. */
  static final String LEVELS = "levels/";

  /** What topics of alerts begin with. */
  static final String ALERTS = "alerts/";

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

  /** The filters that match {@code topic}: itself, and its first level with each wildcard. */
  static List<String> filtersOf(String topic) {
    String prefix = prefix(topic);
    return List.of(topic, prefix + ANY_LEVELS, prefix + ONE_LEVEL);
  }
}
