package io.floodmark.api.streets;

import io.floodmark.api.sensors.SensorView;
import io.floodmark.passability.Passability;
import io.floodmark.passability.TravelMode;
import io.floodmark.passability.TravelRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who gets through a stretch now: as bad as at the worst of its sensors. A sensor that is retired
 * still counts as unknown, for the place that it spoke for is measured by nobody.
 *
 * @param stretch which
 * @param passability by way of travelling
 * @param observedAt of the oldest reading that this rests on; empty where a sensor has none
 */
public record StretchNow(
    Stretch stretch, Map<TravelMode, Passability> passability, Optional<Instant> observedAt) {
  /** Copies the map, in the order of {@link TravelMode}. */
  public StretchNow {
    passability = Collections.unmodifiableMap(new EnumMap<>(passability));
  }

  /** How it stands at {@code now}, by the sensors that there are, by code. */
  static StretchNow of(Stretch stretch, Map<String, SensorView> sensors, Instant now) {
    List<Optional<SensorView>> own =
        stretch.sensors().stream().map(code -> Optional.ofNullable(sensors.get(code))).toList();
    Map<TravelMode, Passability> passability =
        TravelRules.all(
            mode ->
                Passability.worst(
                    own.stream()
                        .map(
                            sensor ->
                                sensor
                                    .map(view -> view.passability(mode, view.stateAt(now)))
                                    .orElse(Passability.UNKNOWN))
                        .toList()));
    return new StretchNow(stretch, passability, oldest(own));
  }

  private static Optional<Instant> oldest(List<Optional<SensorView>> sensors) {
    List<Instant> times = new ArrayList<>();
    for (Optional<SensorView> sensor : sensors) {
      Optional<Instant> at = sensor.flatMap(SensorView::latest).map(SensorView.Latest::at);
      if (at.isEmpty()) {
        return Optional.empty();
      }
      times.add(at.get());
    }
    return times.stream().min(Instant::compareTo);
  }
}
