package io.floodmark.ingest.commit;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sensors' states as last committed, or as they will be once what is being written is, in
 * memory. Confined to the commit thread.
 *
 * <p>They may be out of date: another process or staff may have written since. Whoever writes from
 * them is told so by the version, and forgets.
 */
final class SensorStates {
  private final Map<Integer, Gauge> gauges = new HashMap<>();
  private int timesForgotten;

  /** What is known of these sensors, the missing ones read at once; without those not there. */
  Map<Integer, Gauge> of(Ledger ledger, Collection<Integer> sensorIds) throws SQLException {
    Set<Integer> missing = new HashSet<>(sensorIds);
    missing.removeAll(gauges.keySet());
    if (!missing.isEmpty()) {
      gauges.putAll(ledger.load(missing));
    }
    return known(sensorIds);
  }

  /** The same of those in memory; empty unless all are. */
  Optional<Map<Integer, Gauge>> inMemory(Collection<Integer> sensorIds) {
    return gauges.keySet().containsAll(sensorIds)
        ? Optional.of(known(sensorIds))
        : Optional.empty();
  }

  private Map<Integer, Gauge> known(Collection<Integer> sensorIds) {
    Map<Integer, Gauge> known = new HashMap<>();
    for (Integer id : sensorIds) {
      Gauge gauge = gauges.get(id);
      if (gauge != null) {
        known.put(id, gauge);
      }
    }
    return known;
  }

  /** Takes over what was committed, or is about to be. */
  void written(Collection<Gauge> written) {
    for (Gauge gauge : written) {
      gauges.put(gauge.sensor().id(), gauge.with(gauge.state().written()));
    }
  }

  /** To be called where others have written these sensors, or may have. */
  void forget(Collection<Integer> sensorIds) {
    gauges.keySet().removeAll(sensorIds);
    timesForgotten++;
  }

  /** To be called where it is unknown what was committed. */
  void forgetAll() {
    gauges.clear();
    timesForgotten++;
  }

  /** What was worked out from them holds while this stays the same. */
  int timesForgotten() {
    return timesForgotten;
  }
}
