package io.floodmark.judging;

import io.floodmark.judging.Surroundings.Neighbours;
import io.floodmark.sensor.SensorKind;
import io.floodmark.surface.Backing;
import io.floodmark.surface.Rainfall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Which sensors stand near which, so that one can speak for another. Immutable, safe for any
 * thread.
 */
public final class Vicinity {
  /** Sensors so near each other are neighbours, unless staff list others. */
  public static final double NEIGHBOURS_M = 500;

  /** Showers are as wide as this, or wider. */
  private static final double RAIN_M = 3_000;

  /** How long a neighbour's reading says something of its street. */
  private static final Duration SPEAKS_FOR = Duration.ofMinutes(15);

  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final double METRES_A_DEGREE = 111_195;

  private final Map<Integer, Near> near;

  /** Of one sensor: itself, its neighbours and the rain gauges around it. */
  private record Near(Site site, List<Integer> neighbours, List<Integer> gauges) {}

  /**
   * Where a sensor stands.
   *
   * @param sensorId the database's key
   * @param code its name, by which others list it
   * @param kind what it measures
   * @param lon degrees east, WGS 84
   * @param lat degrees north
   * @param listed codes of its neighbours, where staff say so; empty for all within {@link
   *     #NEIGHBOURS_M}
   */
  public record Site(
      int sensorId,
      String code,
      SensorKind kind,
      double lon,
      double lat,
      Optional<List<String>> listed) {}

  /**
   * What a sensor said last.
   *
   * @param at event time of its newest good reading
   * @param depthMm depth that it measured; empty for a rain gauge
   * @param warns whether it stands in water that is warned of
   * @param rainfall of a rain gauge
   */
  public record Word(Instant at, OptionalInt depthMm, boolean warns, Rainfall rainfall) {}

  /**
   * A flood that residents report and staff have confirmed.
   *
   * @param lon degrees east
   * @param lat degrees north
   * @param until when it is taken for over
   */
  public record ConfirmedReport(double lon, double lat, Instant until) {}

  private Vicinity(Map<Integer, Near> near) {
    this.near = near;
  }

  /** Of these sensors. */
  public static Vicinity of(List<Site> sites) {
    Map<String, Integer> byCode = new HashMap<>();
    sites.forEach(site -> byCode.put(site.code(), site.sensorId()));
    List<Site> byLatitude = sites.stream().sorted(Comparator.comparingDouble(Site::lat)).toList();
    List<Site> gauges = sites.stream().filter(site -> site.kind() == SensorKind.RAIN).toList();
    Map<Integer, Near> near = new HashMap<>();
    for (int i = 0; i < byLatitude.size(); i++) {
      Site site = byLatitude.get(i);
      List<Integer> neighbours =
          site.listed()
              .map(codes -> codes.stream().map(byCode::get).filter(id -> id != null).toList())
              .orElse(within(byLatitude, i));
      List<Integer> rain =
          gauges.stream()
              .filter(gauge -> metres(site, gauge.lon(), gauge.lat()) <= RAIN_M)
              .map(Site::sensorId)
              .toList();
      near.put(site.sensorId(), new Near(site, neighbours, rain));
    }
    return new Vicinity(near);
  }

  private static List<Integer> within(List<Site> byLatitude, int index) {
    Site site = byLatitude.get(index);
    List<Integer> found = new ArrayList<>();
    for (int step : new int[] {-1, 1}) {
      int i = index + step;
      while (i >= 0
          && i < byLatitude.size()
          && Math.abs(byLatitude.get(i).lat() - site.lat()) * METRES_A_DEGREE <= NEIGHBOURS_M) {
        Site other = byLatitude.get(i);
        if (other.kind() != SensorKind.RAIN
            && metres(site, other.lon(), other.lat()) <= NEIGHBOURS_M) {
          found.add(other.sensorId());
        }
        i += step;
      }
    }
    return found;
  }

  /**
   * What is known around a sensor.
   *
   * @param at event time of the reading that is judged
   * @param words what each sensor said last, by its key; null for one that said nothing
   * @param reports floods that residents report
   */
  public Surroundings around(
      int sensorId, Instant at, Function<Integer, Word> words, List<ConfirmedReport> reports) {
    Near here = near.get(sensorId);
    if (here == null) {
      return Surroundings.UNKNOWN;
    }
    Instant speaksAfter = at.minus(SPEAKS_FOR);
    Backing backing = Backing.NONE;
    OptionalDouble rainMm = OptionalDouble.empty();
    for (Integer gauge : here.gauges()) {
      Word word = words.apply(gauge);
      if (word != null) {
        backing = backing.and(word.rainfall().backing());
        if (word.at().isAfter(speaksAfter)) {
          double fellMm = word.rainfall().sinceMm(at.minus(AN_HOUR));
          rainMm = OptionalDouble.of(Math.max(rainMm.orElse(0), fellMm));
        }
      }
    }
    Neighbours neighbours = Neighbours.NONE;
    for (Integer neighbour : here.neighbours()) {
      Word word = words.apply(neighbour);
      if (word != null && word.at().isAfter(speaksAfter)) {
        if (word.depthMm().isPresent()) {
          neighbours = neighbours.with(word.depthMm().getAsInt());
        }
        if (word.warns()) {
          backing = backing.and(Backing.supporting(word.at().plus(SPEAKS_FOR)));
        }
      }
    }
    for (ConfirmedReport report : reports) {
      if (metres(here.site(), report.lon(), report.lat()) <= NEIGHBOURS_M) {
        backing = backing.and(Backing.supporting(report.until()));
      }
    }
    return new Surroundings(rainMm, neighbours, backing);
  }

  private static double metres(Site site, double lon, double lat) {
    double north = (lat - site.lat()) * METRES_A_DEGREE;
    double east = (lon - site.lon()) * METRES_A_DEGREE * Math.cos(Math.toRadians(site.lat()));
    return Math.hypot(north, east);
  }
}
