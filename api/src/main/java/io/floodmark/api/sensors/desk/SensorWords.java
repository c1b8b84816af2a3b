package io.floodmark.api.sensors.desk;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.quality.Aspect;
import io.floodmark.api.records.Ago;
import io.floodmark.api.records.Days;
import io.floodmark.api.sensors.SensorState;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.api.sensors.register.SensorChange;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A sensor in words, at one moment.
 *
 * @param texts of the page
 * @param zone of the ward
 * @param now the moment
 */
public record SensorWords(Texts texts, Language language, ZoneId zone, Instant now) {
  private static final List<String> MEASURING =
      List.of(
          "temperature_compensated",
          "range_min_mm",
          "range_max_mm",
          "battery_low_mv",
          "fast_rise_mm_per_min",
          "neighbours",
          "quality",
          "offset_mm");
  private static final int SIGNAL_GOOD_DBM = -75;
  private static final int SIGNAL_FAIR_DBM = -90;

  /** The badge of a state. */
  public String look(SensorState state) {
    return switch (state) {
      case NEW, MAINTENANCE -> "info";
      case LIVE -> "ok";
      case SILENT, OFFLINE -> "bad";
      case RETIRED -> "off";
    };
  }

  /** A state. */
  public String state(SensorState state) {
    return texts.of("state." + state.code());
  }

  /** Since when a sensor is in its state, if that is worth saying. */
  public String since(SensorView sensor, SensorState state) {
    return sensor.stateSince(state).map(at -> texts.of("state.since", "time", at(at))).orElse("");
  }

  /** How long ago something was. */
  public String ago(Optional<Instant> at) {
    return at.map(then -> Ago.of(texts, Duration.between(then, now)))
        .orElseGet(() -> texts.of("ago.never"));
  }

  /** A moment by the ward's clock. */
  public String at(Instant moment) {
    return Days.shown(moment, zone, language);
  }

  /** A level, or that there is none to show. */
  public String level(OptionalInt level) {
    return level.isPresent() ? texts.of("level." + level.getAsInt()) : texts.of("level.none");
  }

  /** From which level on a sensor sees a flood, and why not from a lower one. */
  public String lowest(String kind, int lowPointDeltaMm, List<Integer> thresholdsMm) {
    if (kind.equals(SensorKind.RAIN.code())) {
      return texts.of("lowest.rain");
    }
    int knownFromMm =
        new Calibration(OptionalInt.empty(), 0, lowPointDeltaMm).lowPointKnownFromMm();
    int level =
        new AlertPolicy(thresholdsMm, AlertPolicy.DEFAULT_CLEAR_DELAY)
            .lowestVisibleLevel(knownFromMm);
    return level == 1
        ? texts.of("lowest.all")
        : texts.of("lowest.some", "level", texts.of("lowest." + level), "mm", knownFromMm);
  }

  /** What a sensor measures. */
  public String kind(String kind) {
    return texts.of("kind." + kind);
  }

  /** The aspects in which a sensor does not hold up, in words; silence is its state already. */
  public List<String> lacks(Set<Aspect> lacks, SensorState state) {
    return lacks.stream()
        .filter(aspect -> aspect != Aspect.ALIVE || state == SensorState.LIVE)
        .sorted()
        .map(aspect -> texts.of("lacks." + aspect.key()))
        .toList();
  }

  /** What the newest reading is worth. */
  public String quality(SensorView sensor) {
    return sensor.latest().map(latest -> texts.of("qc." + latest.qc())).orElse("–");
  }

  /** A length, if there is one. */
  public String mm(OptionalInt length) {
    return length.isPresent() ? length.getAsInt() + " mm" : "–";
  }

  /** What is watched from a limit on, in its unit; or that it is not. */
  public String watched(OptionalInt limit, String unit) {
    return limit.isPresent() ? limit.getAsInt() + " " + unit : texts.of("watch.off");
  }

  /** Whose water speaks for water here. */
  public String neighbours(Optional<List<String>> listed) {
    return listed
        .map(codes -> codes.isEmpty() ? texts.of("neighbours.none") : String.join(", ", codes))
        .orElseGet(() -> texts.of("neighbours.near"));
  }

  /** The charge of a battery. */
  public String battery(SensorView sensor) {
    OptionalInt mv = sensor.latest().map(SensorView.Latest::batteryMv).orElse(OptionalInt.empty());
    if (mv.isEmpty()) {
      return "–";
    }
    String volts = String.format(Locale.ROOT, "%.2f V", mv.getAsInt() / 1000.0);
    return language == Language.VI ? volts.replace('.', ',') : volts;
  }

  /** How well the radio is heard. */
  public String signal(SensorView sensor) {
    OptionalInt dbm = sensor.latest().map(SensorView.Latest::rssiDbm).orElse(OptionalInt.empty());
    if (dbm.isEmpty()) {
      return "–";
    }
    int value = dbm.getAsInt();
    String word = value >= SIGNAL_GOOD_DBM ? "good" : value >= SIGNAL_FAIR_DBM ? "fair" : "weak";
    return texts.of("signal." + word, "dbm", value);
  }

  /** Why something was rejected, by its code. */
  public String reason(String code) {
    return texts.has("reject." + code) ? texts.of("reject." + code) : code;
  }

  /** What was done, by the action in the audit log. */
  String action(String action) {
    return texts.has("action." + action) ? texts.of("action." + action) : action;
  }

  /** Who did it: a login as it is, what is no person in words. */
  String actor(String actor) {
    String key = "audit.actor." + actor.replace(' ', '_');
    return texts.has(key) ? texts.of(key) : actor;
  }

  /**
   * What an entry of the log changed, each in a line. A new sensor's fields are left out: they
   * stand on the page.
   */
  List<String> changes(SensorStory.Entry entry) {
    List<String> lines = new ArrayList<>();
    Map<String, String> detail = entry.detail();
    if (detail.containsKey("reason")) {
      lines.add(texts.of("sensors.because", "reason", detail.get("reason")));
    }
    if (entry.action().equals("sensor.edit")
        || entry.action().startsWith("sensor.offset")
        || entry.action().equals("sensor.measuring")) {
      List<String> columns = new ArrayList<>(SensorChange.columns());
      columns.addAll(MEASURING);
      for (String column : columns) {
        if (detail.containsKey(column)) {
          lines.add(texts.of("field." + column) + ": " + detail.get(column));
        }
      }
    }
    return lines;
  }
}
