package io.floodmark.bench.nowcast;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.nowcast.DampedRise;
import io.floodmark.nowcast.Outlook;
import io.floodmark.nowcast.WaterRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warnings of the next level as people see them: one stands from the first to the last reading that
 * tells of that level, and is right if the water reaches it within a quarter of an hour of a
 * reading that did. Not thread-safe.
 */
final class Warnings {
  private static final Duration SAME_WARNING = Duration.ofMinutes(30);

  private int told;
  private int right;
  private int late;
  private int reached;
  private int foretold;
  private int unseen;
  private final List<Double> leadsMinutes = new ArrayList<>();

  private record Crossing(int level, Instant at) {}

  void add(SiteWatch site, Truth truth) {
    List<Crossing> crossings = crossings(site, truth);
    for (int level = 1; level <= AlertPolicy.LEVEL_MAX; level++) {
      addWarnings(level, site, truth, crossings);
    }
    for (Crossing crossing : crossings) {
      reached++;
      site.told().stream()
          .filter(told -> foretells(told, crossing))
          .findFirst()
          .ifPresent(
              first -> {
                foretold++;
                leadsMinutes.add(NowcastScore.minutes(first.newest().at(), crossing.at()));
              });
    }
  }

  private void addWarnings(int level, SiteWatch site, Truth truth, List<Crossing> crossings) {
    Instant last = Instant.MIN;
    boolean isRight = false;
    boolean isLate = false;
    for (Told one : site.told()) {
      if (!(one.outlook() instanceof Outlook.Rise rise) || rise.level() != level) {
        continue;
      }
      Instant at = one.newest().at();
      if (isLongAgo(last, at)) {
        told++;
        late += isLate && !isRight ? 1 : 0;
        isRight = false;
        isLate = false;
      }
      if (!isRight && crossings.stream().anyMatch(crossing -> foretells(one, crossing))) {
        right++;
        isRight = true;
      }
      isLate |= truth.depthMm(at, 0).orElse(0) >= NowcastScore.underSensorMm(site.sensor(), level);
      last = at;
    }
    late += isLate && !isRight ? 1 : 0;
  }

  private static boolean foretells(Told told, Crossing crossing) {
    Instant at = told.newest().at();
    return told.outlook() instanceof Outlook.Rise rise
        && rise.level() == crossing.level()
        && at.isBefore(crossing.at())
        && !crossing.at().isAfter(at.plus(Duration.ofMinutes(DampedRise.LEAD_MAX_MINUTES)));
  }

  /**
   * When each level was reached, after half an hour or more below it. Levels that a flood has
   * already where the sensor first sees it come without warning, whatever is told, and are counted
   * apart.
   */
  private List<Crossing> crossings(SiteWatch site, Truth truth) {
    List<Crossing> crossings = new ArrayList<>();
    Instant wetAt = Instant.MIN;
    Instant[] heldAt = new Instant[AlertPolicy.LEVEL_MAX + 1];
    Arrays.fill(heldAt, Instant.MIN);
    for (int i = 0; i < truth.size(); i++) {
      if (truth.depthMm(i) < WaterRun.WET_FROM_MM) {
        continue;
      }
      Instant at = truth.at(i);
      boolean begins = isLongAgo(wetAt, at);
      wetAt = at;
      for (int level = 1; level <= AlertPolicy.LEVEL_MAX; level++) {
        if (truth.depthMm(i) >= NowcastScore.underSensorMm(site.sensor(), level)) {
          if (isLongAgo(heldAt[level], at) && begins) {
            unseen++;
          } else if (isLongAgo(heldAt[level], at)) {
            crossings.add(new Crossing(level, at));
          }
          heldAt[level] = at;
        }
      }
    }
    return crossings;
  }

  private static boolean isLongAgo(Instant last, Instant now) {
    return last.equals(Instant.MIN) || now.isAfter(last.plus(SAME_WARNING));
  }

  void add(Warnings other) {
    told += other.told;
    right += other.right;
    late += other.late;
    reached += other.reached;
    foretold += other.foretold;
    unseen += other.unseen;
    leadsMinutes.addAll(other.leadsMinutes);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("told", told);
    figures.put("rightShare", Figures.rounded((double) right / told));
    figures.put("toldTooLateShare", Figures.rounded((double) late / told));
    figures.put("levelsReached", reached);
    figures.put("foretoldShare", Figures.rounded((double) foretold / reached));
    figures.put("levelsReachedBeforeSeen", unseen);
    figures.put("leadMinutes", Figures.spread(leadsMinutes));
    return figures;
  }
}
