package io.floodmark.api.sensors.page;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.records.Days;
import io.floodmark.api.sensors.SensorView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The history of a sensor: over which time, and what of it is doubted. A script draws the curve.
 *
 * @param sensor whose history
 * @param range which of {@link #RANGES}
 * @param doubted runs of doubted readings, newest first
 * @param shortened whether there are more than were looked at
 * @param words of the page
 */
public record ChartView(
    SensorView sensor, String range, List<DoubtedRun> doubted, boolean shortened, NowWords words) {
  /** What can be asked for, as it stands in the address. */
  public static final List<String> RANGES = List.of("6h", "24h", "7d", "30d");

  private static final List<Duration> LENGTHS =
      List.of(Duration.ofHours(6), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30));
  private static final int AT_FIRST = 1;
  private static final int READINGS_MAX = 2_000;
  private static final int RUNS_MAX = 40;
  private static final int APART_INTERVALS = 3;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  /** Copies the runs. */
  public ChartView {
    doubted = List.copyOf(doubted);
  }

  /**
   * The history of the sensor of {@code words}.
   *
   * @param asked the range that the address names; any other word means the usual one
   */
  public static ChartView of(Connection connection, NowWords words, Optional<String> asked)
      throws SQLException {
    int index = asked.map(RANGES::indexOf).filter(i -> i >= 0).orElse(AT_FIRST);
    SensorView sensor = words.sensor();
    List<DoubtedRun> single =
        DoubtedRows.since(
            connection, sensor.id(), words.now().minus(LENGTHS.get(index)), READINGS_MAX);
    List<DoubtedRun> runs =
        DoubtedRun.joined(single, sensor.reportInterval().multipliedBy(APART_INTERVALS));
    return new ChartView(
        sensor,
        RANGES.get(index),
        runs.subList(0, Math.min(runs.size(), RUNS_MAX)),
        single.size() == READINGS_MAX || runs.size() > RUNS_MAX,
        words);
  }

  /** Its thresholds, as the script takes them. */
  public String thresholds() {
    return sensor.thresholdsMm().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** How long the range is. */
  public long rangeMillis() {
    return LENGTHS.get(RANGES.indexOf(range)).toMillis();
  }

  /** When a run was. */
  public String when(DoubtedRun run) {
    String from = at(run.from());
    if (run.from().equals(run.to())) {
      return from;
    }
    ZoneId zone = words.zone();
    boolean sameDay =
        run.from().atZone(zone).toLocalDate().equals(run.to().atZone(zone).toLocalDate());
    return from + " – " + (sameDay ? run.to().atZone(zone).format(CLOCK) : at(run.to()));
  }

  /** What it measured. */
  public String depths(DoubtedRun run) {
    if (run.leastMm().isEmpty()) {
      return "–";
    }
    int least = run.leastMm().getAsInt();
    int most = run.mostMm().getAsInt();
    return least == most ? least + " mm" : least + "–" + most + " mm";
  }

  /** What the doubt comes to, and why. */
  public List<String> why(DoubtedRun run) {
    Texts texts = words.texts();
    return run.reasons().isEmpty()
        ? List.of(texts.of("doubts.noReason"))
        : run.reasons().stream().sorted().map(r -> texts.of("doubt." + r.code())).toList();
  }

  private String at(Instant moment) {
    Language language = words.language();
    return Days.shown(moment, words.zone(), language);
  }
}
