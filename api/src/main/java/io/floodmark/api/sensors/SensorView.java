package io.floodmark.api.sensors;

import io.floodmark.alert.Silence;
import io.floodmark.nowcast.Outlook;
import io.floodmark.passability.Passability;
import io.floodmark.passability.TravelMode;
import io.floodmark.passability.TravelRules;
import io.floodmark.quality.QualityFlag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A sensor as read from the database in one statement. What depends on the time of day, its state
 * and whether its level still counts, is asked with a time.
 *
 * @param id the database's key; never shown
 * @param code its public name
 * @param kind {@code distance}, {@code depth} or {@code rain}
 * @param lowPointDeltaMm how much deeper the street's lowest point lies, 0 or more
 * @param reportInterval expected time between two readings
 * @param thresholdsMm depths at the low point from which levels 1 to 4 are met
 * @param lowestVisibleLevel the lowest level that it can see; empty where it sees none
 * @param madeUp whether it belongs to the demo
 * @param retiredAt when it was taken out of service
 * @param lastArrivalAt when anything last came from it
 * @param offlineSince when it or its will last said offline, if that is its last word
 * @param outlook what comes next, as of the newest reading
 * @param alert the open one: of water, else the most urgent
 * @param maintenance begun and not ended by hand
 * @param travelRules from which depths on who does not get through, in this ward
 */
public record SensorView(
    int id,
    String code,
    String name,
    String kind,
    double lon,
    double lat,
    int lowPointDeltaMm,
    Duration reportInterval,
    List<Integer> thresholdsMm,
    OptionalInt lowestVisibleLevel,
    Optional<String> street,
    Optional<String> zone,
    boolean madeUp,
    Optional<Instant> retiredAt,
    Optional<Instant> lastArrivalAt,
    Optional<Instant> offlineSince,
    Optional<Latest> latest,
    Outlook outlook,
    Optional<OpenAlert> alert,
    Optional<Maintenance> maintenance,
    TravelRules travelRules) {

  /** Copies the list. */
  public SensorView {
    thresholdsMm = List.copyOf(thresholdsMm);
  }

  /**
   * Its newest evaluated reading.
   *
   * @param at event time: the earlier of the sensor's time and the arrival
   * @param arrivedAt server time of its arrival
   * @param depthMm depth over the ground under the sensor
   * @param lowPointDepthMm depth at the street's lowest point, where known
   * @param trendMmPerMin rise a minute, of the last good readings
   * @param qc QARTOD's flag
   * @param believed whether alerts may build on it: doubted for its rate of change or its clock at
   *     most
   * @param rainMm rain since the reading before, of rain gauges
   * @param level level that the depth meets, 0 to 4
   */
  public record Latest(
      Instant at,
      Instant arrivedAt,
      OptionalInt depthMm,
      OptionalInt lowPointDepthMm,
      OptionalDouble trendMmPerMin,
      int qc,
      boolean believed,
      OptionalDouble rainMm,
      OptionalInt batteryMv,
      OptionalInt rssiDbm,
      OptionalDouble temperatureC,
      OptionalInt level) {}

  /**
   * Its alert, while there is one.
   *
   * @param kind key of an {@link io.floodmark.alert.AlertKind}
   * @param level 1 to 4; of kinds other than floods how urgent they are
   */
  public record OpenAlert(long id, String kind, int level, String state, Instant since) {}

  /** When somebody works on it. */
  public record Maintenance(Instant since, Instant until) {}

  /**
   * Its state at {@code now}. Silence is told by the data alone, so that nothing old looks new
   * after a restart of ours; and by the arrival of the newest evaluated reading, so that a sensor
   * whose clock is slow, but that reports, is not called silent while its alerts count.
   */
  public SensorState stateAt(Instant now) {
    if (retiredAt.isPresent()) {
      return SensorState.RETIRED;
    }
    if (maintenance.isPresent() && now.isBefore(maintenance.get().until())) {
      return SensorState.MAINTENANCE;
    }
    if (offlineSince.isPresent()
        && !lastArrivalAt.orElse(Instant.MIN).isAfter(offlineSince.get())) {
      return SensorState.OFFLINE;
    }
    if (latest.isEmpty()) {
      // Stored readings alone say something of the past, nothing of now.
      return lastArrivalAt.isPresent() ? SensorState.SILENT : SensorState.NEW;
    }
    return now.isAfter(latest.get().arrivedAt().plus(silentAfter()))
        ? SensorState.SILENT
        : SensorState.LIVE;
  }

  /** Since when it is retired, offline or silent; a silent one since it was last heard. */
  public Optional<Instant> stateSince(SensorState state) {
    return switch (state) {
      case NEW, LIVE -> Optional.empty();
      case SILENT -> latest.map(Latest::arrivedAt);
      case OFFLINE -> offlineSince;
      case MAINTENANCE -> maintenance.map(Maintenance::since);
      case RETIRED -> retiredAt;
    };
  }

  /** The level to show: none unless the sensor is live and its newest reading is to be believed. */
  public OptionalInt levelIn(SensorState state) {
    if (state != SensorState.LIVE || latest.isEmpty()) {
      return OptionalInt.empty();
    }
    int qc = latest.get().qc();
    boolean bad = qc == QualityFlag.BAD.code() || qc == QualityFlag.MISSING.code();
    return bad ? OptionalInt.empty() : latest.get().level();
  }

  SensorView with(Outlook next) {
    return new SensorView(
        id,
        code,
        name,
        kind,
        lon,
        lat,
        lowPointDeltaMm,
        reportInterval,
        thresholdsMm,
        lowestVisibleLevel,
        street,
        zone,
        madeUp,
        retiredAt,
        lastArrivalAt,
        offlineSince,
        latest,
        next,
        alert,
        maintenance,
        travelRules);
  }

  /**
   * What comes next, as far as it is to be told at {@code now}: not of a street that nobody sees.
   */
  public Outlook outlookAt(Instant now) {
    boolean told = levelIn(stateAt(now)).isPresent();
    return told ? outlook : Outlook.nothing(Outlook.Why.DOUBTED);
  }

  /**
   * Whether one gets through here, as far as depth alone tells; for reference only. Where there is
   * no level to show, or the newest depth is doubted, nothing is known.
   */
  public Passability passability(TravelMode mode, SensorState state) {
    boolean known =
        levelIn(state).isPresent()
            && latest.filter(Latest::believed).filter(at -> at.depthMm().isPresent()).isPresent();
    return known
        ? travelRules.of(mode).at(latest.get().lowPointDepthMm(), lowPointDeltaMm)
        : Passability.UNKNOWN;
  }

  /** Time without a reading after which it is silent: three report intervals, 5 minutes or more. */
  Duration silentAfter() {
    return Silence.after(reportInterval);
  }
}
