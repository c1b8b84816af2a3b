package io.floodmark.bench.alerts;

import io.floodmark.sim.street.Flood;
import io.floodmark.sim.street.LabelledReading;
import java.util.ArrayList;
import java.util.List;

/**
 * The readings taken during one flood, the lost ones among them: a run of more than {@link
 * Flood#WET_MM} under the sensor.
 *
 * @param readings one or more, by time
 */
record FloodEvent(List<LabelledReading> readings) {
  FloodEvent {
    readings = List.copyOf(readings);
  }

  /** The floods in a series. */
  static List<FloodEvent> in(List<LabelledReading> taken) {
    List<FloodEvent> events = new ArrayList<>();
    List<LabelledReading> wet = new ArrayList<>();
    for (LabelledReading reading : taken) {
      if (reading.depthMm() > Flood.WET_MM) {
        wet.add(reading);
      } else if (!wet.isEmpty()) {
        events.add(new FloodEvent(wet));
        wet = new ArrayList<>();
      }
    }
    if (!wet.isEmpty()) {
      events.add(new FloodEvent(wet));
    }
    return events;
  }

  double peakMm() {
    return readings.stream().mapToDouble(LabelledReading::depthMm).max().orElseThrow();
  }

  LabelledReading first() {
    return readings.get(0);
  }

  LabelledReading last() {
    return readings.get(readings.size() - 1);
  }
}
