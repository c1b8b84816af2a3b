package io.floodmark.api.sensors.page;

import io.floodmark.api.http.Language;
import io.floodmark.api.nowcast.OutlookWords;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.records.Ago;
import io.floodmark.api.records.Days;
import io.floodmark.api.sensors.SensorState;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.passability.Passability;
import io.floodmark.passability.TravelMode;
import io.floodmark.passability.TravelRules;
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
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How the water stands at one sensor, in words. What is not known is never shown as dry: neither
 * behind a silent sensor, nor at the low point beside a dry one.
 *
 * @param sensor what is told
 * @param texts of the page
 * @param zone of the ward
 * @param now the moment
 */
public record NowWords(
    SensorView sensor, Texts texts, Language language, ZoneId zone, Instant now) {
  /** A slope under this cannot be told from noise; from the other on it is fast. As on the map. */
  private static final double STEADY_MM_PER_MIN = 1;

  private static final double FAST_MM_PER_MIN = 10;

  /** Whether it is a rain gauge. */
  public boolean isRain() {
    return sensor.kind().equals(SensorKind.RAIN.code());
  }

  /** Its state. */
  public SensorState state() {
    return sensor.stateAt(now);
  }

  /** Which sign stands beside the words: a level, {@code unsure} or a state. */
  public String look() {
    if (state() != SensorState.LIVE) {
      return state().code();
    }
    if (isRain()) {
      return "rain";
    }
    OptionalInt level = level();
    if (level.isEmpty()) {
      return "unknown";
    }
    return isUnsure() ? "unsure" : Integer.toString(level.getAsInt());
  }

  /** The level in words, or why there is none. */
  public String headline() {
    String look = look();
    return switch (look) {
      case "0" -> texts.of(isUnderSight() ? "now.dry" : "now.level0");
      case "1", "2", "3", "4" -> texts.of("level." + look);
      case "rain" -> texts.of("now.rainGauge");
      case "live", "unknown", "unsure", "new", "silent", "offline", "retired" ->
          texts.of("now." + look);
      default -> texts.of("state." + look);
    };
  }

  /** Since when that holds, where it is known; else empty. */
  public String since() {
    Optional<Instant> state = sensor.stateSince(state());
    if (state.isPresent()) {
      return texts.of("state.since", "time", at(state.get()));
    }
    return sensor
        .alert()
        .map(alert -> texts.of("now.alert", "level", alert.level(), "time", at(alert.since())))
        .orElse("");
  }

  /** Whether there is a depth to tell. */
  public boolean hasDepth() {
    return !isRain() && latestDepth().isPresent();
  }

  /** Whether what is told is of now, and not only the last that was heard. */
  public boolean isPresent() {
    return level().isPresent();
  }

  /** Depth at the sensor. */
  public String atSensor() {
    int depthMm = latestDepth().getAsInt();
    return depthMm < Calibration.LOW_POINT_KNOWN_FROM_MM
        ? texts.of("now.under", "depth", cm(Calibration.LOW_POINT_KNOWN_FROM_MM))
        : cm(depthMm);
  }

  /** Depth at the low point, or the range in which it must lie. */
  public String atLowPoint() {
    OptionalInt lowPoint = sensor.latest().orElseThrow().lowPointDepthMm();
    if (lowPoint.isPresent()) {
      return cm(lowPoint.getAsInt());
    }
    return sensor.lowPointDeltaMm() > 0
        ? texts.of("now.upTo", "depth", cm(sensor.lowPointDeltaMm()))
        : atSensor();
  }

  /** The same to the millimetre, for those who want to know; empty where that says no more. */
  public String exactly(OptionalInt mm) {
    return mm.isPresent() ? mm.getAsInt() + " mm" : "";
  }

  /** Rain since the reading before; a dash where none is known. */
  public String rain() {
    OptionalDouble rain =
        sensor.latest().map(SensorView.Latest::rainMm).orElse(OptionalDouble.empty());
    return rain.isPresent() ? number(rain.getAsDouble(), 1) + " mm" : "–";
  }

  /** Who gets through here, by way of travelling; for reference only. */
  public Map<TravelMode, Passability> passability() {
    return TravelRules.all(mode -> sensor.passability(mode, state()));
  }

  /** Whether the water is deep enough to hide open manholes and live wires. */
  public boolean hidesHazards() {
    return isPresent()
        && sensor.latest().orElseThrow().lowPointDepthMm().orElse(0) > TravelRules.HIDES_ABOVE_MM;
  }

  /** How the water moves; empty where that is not known. */
  public String trend() {
    OptionalDouble trend =
        sensor.latest().map(SensorView.Latest::trendMmPerMin).orElse(OptionalDouble.empty());
    if (isRain() || !isPresent() || trend.isEmpty()) {
      return "";
    }
    double mmPerMin = trend.getAsDouble();
    String rate = number(Math.abs(mmPerMin), 1);
    if (mmPerMin >= FAST_MM_PER_MIN) {
      return texts.of("now.fast", "rate", rate);
    }
    if (Math.abs(mmPerMin) < STEADY_MM_PER_MIN) {
      return texts.of("now.steady");
    }
    return texts.of(mmPerMin > 0 ? "now.rising" : "now.falling", "rate", rate);
  }

  /** What comes next; empty where there is nothing to say. */
  public Optional<String> next() {
    return outlook().sentence(sensor.outlookAt(now));
  }

  /** How far that is to be trusted, or why nothing is told of the end; empty for neither. */
  public Optional<String> nextRemark() {
    return outlook().remark(sensor.outlookAt(now));
  }

  private OutlookWords outlook() {
    return new OutlookWords(texts, zone, now);
  }

  /** The arrow beside it. */
  public String arrow() {
    double mmPerMin = sensor.latest().orElseThrow().trendMmPerMin().orElse(0);
    if (mmPerMin >= FAST_MM_PER_MIN) {
      return "⇈";
    }
    return mmPerMin >= STEADY_MM_PER_MIN ? "↑" : mmPerMin <= -STEADY_MM_PER_MIN ? "↓" : "→";
  }

  /** When it was last measured. */
  public String measured() {
    return sensor
        .latest()
        .map(
            latest ->
                texts.of(
                    "now.measured",
                    "ago",
                    Ago.of(texts, Duration.between(latest.at(), now)),
                    "time",
                    at(latest.at())))
        .orElseGet(() -> texts.of("now.never"));
  }

  /** What has to be said so that nobody takes this for more than it is. */
  public List<String> reservations() {
    List<String> said = new ArrayList<>();
    SensorState state = state();
    if (sensor.latest().isPresent()
        && (state == SensorState.SILENT || state == SensorState.OFFLINE)) {
      said.add(texts.of("now.past"));
    } else if (look().equals("unknown")) {
      said.add(texts.of("now.badReading"));
    }
    if (isPresent() && hasDepth() && isUnderSight() && sensor.lowPointDeltaMm() > 0) {
      said.add(texts.of("now.caution", "depth", cm(sensor.lowPointDeltaMm())));
    }
    return said;
  }

  /** What the level's beginning is, at the low point. */
  public String threshold(int level) {
    return texts.of("now.from", "depth", cm(sensor.thresholdsMm().get(level - 1)));
  }

  /** From which level on it sees a flood, if not from the first; else empty. */
  public String lowestVisible() {
    int lowest = sensor.lowestVisibleLevel().orElse(1);
    return lowest > 1
        ? texts.of("now.lowest", "level", lowest, "depth", cm(sensor.lowPointDeltaMm()))
        : "";
  }

  private OptionalInt level() {
    return sensor.levelIn(state());
  }

  private OptionalInt latestDepth() {
    return sensor.latest().map(SensorView.Latest::depthMm).orElse(OptionalInt.empty());
  }

  private boolean isUnderSight() {
    return latestDepth().orElse(0) < Calibration.LOW_POINT_KNOWN_FROM_MM;
  }

  /** Dry under the sensor, while the low point may hold a level already. */
  private boolean isUnsure() {
    return level().orElse(1) == 0
        && isUnderSight()
        && sensor.lowPointDeltaMm() >= sensor.thresholdsMm().get(0);
  }

  private String at(Instant moment) {
    return Days.shown(moment, zone, language);
  }

  private static String cm(int mm) {
    return Math.round(mm / 10.0) + " cm";
  }

  private String number(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return language == Language.VI ? text.replace('.', ',') : text;
  }
}
