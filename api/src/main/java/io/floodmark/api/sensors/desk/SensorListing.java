package io.floodmark.api.sensors.desk;

import io.floodmark.api.quality.Aspect;
import io.floodmark.api.sensors.SensorState;
import io.floodmark.api.sensors.SensorView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list of sensors as a page shows it. Immutable.
 *
 * @param rows a page of those asked for, by code
 * @param counts how many there are in each state, asked for or not
 * @param asked what the list was narrowed to
 * @param next cursor of the page after, if there is one
 */
public record SensorListing(
    List<Row> rows, Map<SensorState, Integer> counts, Asked asked, Optional<String> next) {
  /** Copies them. */
  public SensorListing {
    rows = List.copyOf(rows);
    counts = Map.copyOf(counts);
  }

  /**
   * A sensor and how it is.
   *
   * @param lacks in which aspects it does not hold up; none of a retired one
   */
  public record Row(SensorView sensor, SensorState state, Set<Aspect> lacks) {
    /** Copies the set. */
    public Row {
      lacks = Set.copyOf(lacks);
    }
  }

  /**
   * What the list is narrowed to.
   *
   * @param search words of code, name, street or zone, accents or not
   * @param state code of a state; empty for all that are in service
   * @param lacks key of an aspect, "any", or empty for all
   */
  public record Asked(String search, String state, String lacks) {
    /** Whether it is narrowed at all. */
    public boolean isAny() {
      return search.isEmpty() && state.isEmpty() && lacks.isEmpty();
    }
  }

  /** The address of the page after. */
  public String nextAddress() {
    return SensorDesk.HOME
        + "?q="
        + URLEncoder.encode(asked.search(), StandardCharsets.UTF_8)
        + "&state="
        + asked.state()
        + "&lacks="
        + asked.lacks()
        + "&cursor="
        + next.orElseThrow();
  }
}
