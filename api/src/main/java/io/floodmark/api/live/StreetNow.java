package io.floodmark.api.live;

import io.floodmark.api.alerts.AlertEventView;
import io.floodmark.api.alerts.AlertJson;
import io.floodmark.api.alerts.AlertView;
import io.floodmark.api.sensors.SensorFeature;
import io.floodmark.api.sensors.SensorState;
import io.floodmark.api.sensors.SensorView;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the live feed last told of sensors and alerts, and so what there is new to tell. Knows
 * neither database nor network. Owned by the feed's context.
 */
final class StreetNow {
  private final int eventsMax;
  private final Map<String, Told> sensors = new TreeMap<>();
  private final Map<Long, AlertView> openAlerts = new TreeMap<>(Comparator.<Long>reverseOrder());
  private final Map<Long, Buffer> alertJson = new HashMap<>();
  private final Deque<Remembered> recent = new ArrayDeque<>();
  private final Set<Long> recentIds = new HashSet<>();
  private long forgottenId;
  private long lastId;
  private boolean known;

  /**
   * Nothing known yet.
   *
   * @param eventsMax alert events to remember for clients that come back
   */
  StreetNow(int eventsMax) {
    this.eventsMax = eventsMax;
  }

  private record Told(SensorView sensor, SensorState state, Buffer feature) {}

  private record Remembered(long eventId, LiveEvent event) {}

  /** Whether anything was ever read. */
  boolean isKnown() {
    return known;
  }

  /** Forgets what it told and takes everything anew, after a time in which rings went unheard. */
  void replaceAll(LiveRows rows, Instant now) {
    sensors.clear();
    for (SensorView sensor : rows.sensors()) {
      sensors.put(sensor.code(), told(sensor, now));
    }
    openAlerts.clear();
    alertJson.clear();
    rows.openAlerts().forEach(this::put);
    rememberAfterPause(rows.events());
    known = true;
  }

  /**
   * Takes what some sensors have become.
   *
   * @param sensorIds the sensors that were asked for
   * @return what there is to tell: levels first, then what that did to alerts
   */
  List<LiveEvent> change(Set<Integer> sensorIds, LiveRows rows, Instant now) {
    List<LiveEvent> events = new ArrayList<>();
    for (SensorView sensor : rows.sensors()) {
      Told told = told(sensor, now);
      boolean retired = told.state == SensorState.RETIRED;
      Told before = retired ? sensors.remove(sensor.code()) : sensors.put(sensor.code(), told);
      boolean newsOfRetired = retired && before != null;
      boolean news = !retired && (before == null || !before.feature.equals(told.feature));
      if (newsOfRetired || news) {
        events.add(LiveEvent.level(told.feature));
      }
    }
    openAlerts.values().removeIf(alert -> sensorIds.contains(alert.sensorId()));
    alertJson.keySet().retainAll(openAlerts.keySet());
    rows.openAlerts().forEach(this::put);
    for (AlertEventView event : rows.events()) {
      // One of several sensors may be known by another of them than the one that ended it.
      if (!event.alert().isActive()) {
        openAlerts.remove(event.alert().id());
        alertJson.remove(event.alert().id());
      }
      if (!recentIds.contains(event.id())) {
        events.add(remember(event));
      }
    }
    return events;
  }

  /** Tells what became different by the passing of time alone: sensors that fell silent. */
  List<LiveEvent> tick(Instant now) {
    List<LiveEvent> events = new ArrayList<>();
    for (Map.Entry<String, Told> entry : sensors.entrySet()) {
      SensorView sensor = entry.getValue().sensor;
      if (sensor.stateAt(now) != entry.getValue().state) {
        Told told = told(sensor, now);
        entry.setValue(told);
        events.add(LiveEvent.level(told.feature));
      }
    }
    return events;
  }

  /** All of it, for clients that begin. */
  LiveSnapshot snapshot() {
    return new LiveSnapshot(
        sensors.values().stream().map(Told::feature).toList(),
        openAlerts.keySet().stream().map(alertJson::get).toList(),
        recent.stream().map(Remembered::event).toList(),
        forgottenId,
        lastId);
  }

  private void put(AlertView alert) {
    openAlerts.put(alert.id(), alert);
    alertJson.put(alert.id(), Buffer.buffer(AlertJson.bytes(alert)));
  }

  private void rememberAfterPause(List<AlertEventView> events) {
    long lastIdBefore = lastId;
    boolean mayHaveMissed = events.size() == eventsMax && events.get(0).id() > lastIdBefore + 1;
    if (mayHaveMissed) {
      recent.clear();
      recentIds.clear();
      forgottenId = events.get(0).id() - 1;
    }
    for (AlertEventView event : events) {
      boolean old = !mayHaveMissed && event.id() <= lastIdBefore - LiveReader.LATE_IDS;
      if (!old && !recentIds.contains(event.id())) {
        remember(event);
      }
    }
  }

  private LiveEvent remember(AlertEventView view) {
    // Never falls, though a lower id may be committed later: clients come back with the highest.
    lastId = Math.max(lastId, view.id());
    LiveEvent event = LiveEvent.alert(lastId, Buffer.buffer(AlertJson.bytes(view)));
    recent.addLast(new Remembered(view.id(), event));
    recentIds.add(view.id());
    if (recent.size() > eventsMax) {
      Remembered forgotten = recent.removeFirst();
      recentIds.remove(forgotten.eventId());
      forgottenId = forgotten.event().id().orElseThrow();
    }
    return event;
  }

  private static Told told(SensorView sensor, Instant now) {
    return new Told(sensor, sensor.stateAt(now), Buffer.buffer(SensorFeature.bytes(sensor, now)));
  }
}
