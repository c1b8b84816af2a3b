package io.floodmark.api.live;

import io.floodmark.api.alerts.AlertEventView;
import io.floodmark.api.alerts.AlertView;
import io.floodmark.api.sensors.SensorView;
import java.util.List;

/**
 * What was read in one transaction.
 *
 * @param sensors sensors, as they stand
 * @param openAlerts the open alerts of these sensors, newest first
 * @param events transitions of these sensors' alerts, oldest first; some may be known already
 */
record LiveRows(List<SensorView> sensors, List<AlertView> openAlerts, List<AlertEventView> events) {
  LiveRows {
    sensors = List.copyOf(sensors);
    openAlerts = List.copyOf(openAlerts);
    events = List.copyOf(events);
  }
}
