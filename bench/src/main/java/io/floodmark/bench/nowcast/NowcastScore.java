package io.floodmark.bench.nowcast;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.nowcast.DampedRise;
import io.floodmark.nowcast.Outlook;
import io.floodmark.nowcast.RiseErrors;
import io.floodmark.nowcast.WaterRun;
import io.floodmark.sensor.Sensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What was told, held against what came. Not thread-safe. */
final class NowcastScore {
  private static final List<Integer> LEADS_MINUTES = List.of(5, 10, 15);
  private static final int LEAD_MAX = DampedRise.LEAD_MAX_MINUTES;

  /** A flood is over when no water has been seen for so long. */
  private static final Duration DRY_FOR = Duration.ofMinutes(30);

  private enum Form {
    PERSISTENCE,
    LINEAR,
    DAMPED
  }

  private final Map<Integer, Map<Form, Misses>> depths = new TreeMap<>();
  private final Map<Integer, Map<Form, Hits>> levels = new TreeMap<>();
  private final Warnings warnings = new Warnings();
  private final List<List<Double>> minutesByBand = new ArrayList<>();
  private int hits;
  private int late;
  private int hitsInRange;
  private int origins;
  private int falls;
  private int fallsInRange;
  private final List<Double> endErrorsMinutes = new ArrayList<>();
  private final List<Double> endWidthsMinutes = new ArrayList<>();
  private final List<Double> endMinutes = new ArrayList<>();
  private final Map<Outlook.Why, Integer> nothing = new TreeMap<>();

  NowcastScore() {
    for (int lead : LEADS_MINUTES) {
      depths.put(lead, new TreeMap<>());
      levels.put(lead, new TreeMap<>());
      for (Form form : Form.values()) {
        depths.get(lead).put(form, new Misses());
        levels.get(lead).put(form, new Hits());
      }
    }
    RiseErrors.BANDS.forEach(band -> minutesByBand.add(new ArrayList<>()));
  }

  /** Counts in one sensor. */
  void add(SiteWatch site, Truth truth) {
    for (Told told : site.told()) {
      origins++;
      addDepths(told, truth);
      addLevels(site.sensor(), told, truth);
      addOutlook(site.sensor(), told, truth);
    }
    warnings.add(site, truth);
  }

  private void addDepths(Told told, Truth truth) {
    if (told.mmPerMin().isEmpty()) {
      return; // nobody can tell more than that it stays
    }
    for (int lead : LEADS_MINUTES) {
      OptionalDouble came = truth.depthMm(told.newest().at(), lead);
      if (came.isPresent()) {
        for (Form form : Form.values()) {
          depths.get(lead).get(form).add(forecastMm(form, told, lead), came.getAsDouble());
        }
      }
    }
  }

  private void addLevels(Sensor sensor, Told told, Truth truth) {
    if (told.nextLevel() > AlertPolicy.LEVEL_MAX) {
      return;
    }
    double levelMm = underSensorMm(sensor, told.nextLevel());
    if (isThere(told, levelMm, truth)) {
      return;
    }
    for (int lead : LEADS_MINUTES) {
      if (truth.depthMm(told.newest().at(), lead).isEmpty()) {
        continue;
      }
      boolean came = truth.minutesToReach(told.newest().at(), levelMm, lead).isPresent();
      for (Form form : Form.values()) {
        boolean forecast = told.mmPerMin().isPresent() && forecastMm(form, told, lead) >= levelMm;
        levels.get(lead).get(form).add(forecast, came);
      }
    }
  }

  private void addOutlook(Sensor sensor, Told told, Truth truth) {
    Instant at = told.newest().at();
    if (told.outlook() instanceof Outlook.Rise rise) {
      double levelMm = underSensorMm(sensor, rise.level());
      if (isThere(told, levelMm, truth)) {
        late++;
        return;
      }
      truth
          .minutesToReach(at, levelMm, LEAD_MAX)
          .ifPresent(
              minutes -> {
                double gapMm = levelMm - told.newest().depthMm();
                double forecast = DampedRise.minutesTo(gapMm, told.mmPerMin().getAsDouble());
                minutesByBand.get(RiseErrors.BANDS.indexOf(RiseErrors.of(forecast))).add(minutes);
                hits++;
                hitsInRange += isWithin(at, minutes, rise.from(), rise.to()) ? 1 : 0;
              });
    } else if (told.outlook() instanceof Outlook.Fall fall) {
      truth
          .minutesToEnd(at, DRY_FOR)
          .ifPresent(
              minutes -> {
                falls++;
                fallsInRange += isWithin(at, minutes, fall.from(), fall.to()) ? 1 : 0;
                endMinutes.add(minutes);
                endErrorsMinutes.add(Math.abs(minutes - minutes(at, fall.expected())));
                endWidthsMinutes.add(minutes(fall.from(), fall.to()));
              });
    } else if (told.outlook() instanceof Outlook.Nothing none) {
      nothing.merge(none.why(), 1, Integer::sum);
    }
  }

  /** Whether the water is as deep already, though no reading has shown it: nothing to forecast. */
  private static boolean isThere(Told told, double levelMm, Truth truth) {
    return truth.depthMm(told.newest().at(), 0).orElse(0) >= levelMm;
  }

  private static double forecastMm(Form form, Told told, int lead) {
    double depthMm = told.newest().depthMm();
    double slope = told.mmPerMin().getAsDouble();
    return switch (form) {
      case PERSISTENCE -> depthMm;
      case LINEAR -> Math.max(0, depthMm + slope * lead);
      case DAMPED -> DampedRise.depthMm(depthMm, slope, lead);
    };
  }

  /** The depth under the sensor from which a level is met. */
  static double underSensorMm(Sensor sensor, int level) {
    int levelMm =
        sensor.alertPolicy().thresholdsMm().get(level - 1) - sensor.calibration().lowPointDeltaMm();
    return Math.max(levelMm, WaterRun.WET_FROM_MM);
  }

  private static boolean isWithin(Instant at, double minutes, Instant from, Instant to) {
    return minutes >= minutes(at, from) && minutes <= minutes(at, to);
  }

  static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 60_000.0;
  }

  /** Takes in another score. */
  void add(NowcastScore other) {
    origins += other.origins;
    other.depths.forEach(
        (lead, forms) -> forms.forEach((form, misses) -> depths.get(lead).get(form).add(misses)));
    other.levels.forEach(
        (lead, forms) -> forms.forEach((form, tally) -> levels.get(lead).get(form).add(tally)));
    warnings.add(other.warnings);
    for (int i = 0; i < minutesByBand.size(); i++) {
      minutesByBand.get(i).addAll(other.minutesByBand.get(i));
    }
    hits += other.hits;
    late += other.late;
    hitsInRange += other.hitsInRange;
    falls += other.falls;
    fallsInRange += other.fallsInRange;
    endErrorsMinutes.addAll(other.endErrorsMinutes);
    endWidthsMinutes.addAll(other.endWidthsMinutes);
    endMinutes.addAll(other.endMinutes);
    other.nothing.forEach((why, count) -> nothing.merge(why, count, Integer::sum));
  }

  /** The figures by name, units at their ends. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("origins", origins);
    for (int lead : LEADS_MINUTES) {
      Map<Form, Misses> forms = depths.get(lead);
      Map<String, Object> figure = new LinkedHashMap<>();
      figure.put("forecasts", forms.get(Form.DAMPED).count());
      for (Form form : Form.values()) {
        String name = form.name().toLowerCase(Locale.ROOT);
        figure.put(name + "RmseMm", Figures.rounded(forms.get(form).rmseMm()));
        figure.put(name + "MaeMm", Figures.rounded(forms.get(form).maeMm()));
        if (form != Form.PERSISTENCE) {
          figure.put(
              name + "SkillAgainstPersistence",
              Figures.rounded(forms.get(form).skillAgainst(forms.get(Form.PERSISTENCE))));
          figure.put(name + "ReachesNextLevel", levels.get(lead).get(form).figures());
        }
      }
      figures.put("lead" + lead + "Minutes", figure);
    }
    figures.put("warnings", warnings.figures());
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("hits", hits);
    range.put("toldWhenThereAlready", late);
    range.put("inRangeShare", Figures.rounded((double) hitsInRange / hits));
    figures.put("rangeOfRise", range);
    Map<String, Object> fall = new LinkedHashMap<>();
    fall.put("told", falls);
    fall.put("inRangeShare", Figures.rounded((double) fallsInRange / falls));
    fall.put("medianErrorMinutes", Figures.rounded(Figures.quantile(endErrorsMinutes, 0.5)));
    fall.put("medianWidthMinutes", Figures.rounded(Figures.quantile(endWidthsMinutes, 0.5)));
    fall.put("medianMinutesToEnd", Figures.rounded(Figures.quantile(endMinutes, 0.5)));
    figures.put("expectedEnd", fall);
    figures.put("nothingSaid", new TreeMap<>(nothing));
    return figures;
  }

  /** What {@link RiseErrors#BANDS} would be by these readings. */
  Map<String, Object> bands() {
    Map<String, Object> bands = new LinkedHashMap<>();
    for (int i = 0; i < minutesByBand.size(); i++) {
      bands.put(
          "upTo" + RiseErrors.BANDS.get(i).upToMinutes() + "Minutes",
          Figures.spread(minutesByBand.get(i)));
    }
    return bands;
  }
}
