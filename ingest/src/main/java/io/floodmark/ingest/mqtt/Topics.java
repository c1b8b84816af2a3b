package io.floodmark.ingest.mqtt;

import io.floodmark.sensor.SensorCode;

/** The names of topics. */
final class Topics {
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
    return "levels/" + code;
  }

  static String alert(SensorCode code) {
    return "alerts/" + code;
  }
}
