package io.floodmark.api.sensors.register;

/**
 * What is wrong with one field of a sensor.
 *
 * @param column the field, named as the column of a list
 * @param missing whether it is not there at all; else what is there cannot be taken
 * @param what what is wrong, in English, as the end of a sentence that has named the field
 */
public record SensorFault(String column, boolean missing, String what) {
  /** A field that has to be there. */
  static SensorFault missing(String column) {
    return new SensorFault(column, true, "missing");
  }

  /** A value that cannot be taken. */
  static SensorFault wrong(String column, String what) {
    return new SensorFault(column, false, what);
  }

  /** As a list of sensors says it, the row first. */
  String inRow(String label) {
    return "%s, column %s: %s".formatted(label, column, what);
  }
}
