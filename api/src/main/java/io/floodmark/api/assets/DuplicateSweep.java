package io.floodmark.api.assets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds likely duplicates among many entries at once. Pure; used by one thread.
 *
 * <p>The entries are laid into strips as high as the distance that counts, each sorted by
 * longitude. Two entries that are near each other lie in one strip or in two that touch, so each is
 * compared with a few neighbours and not with all; and only neighbours have their words compared,
 * for leaving out accents costs more than all the rest.
 */
final class DuplicateSweep {
  /** More are never listed: somebody has to look at each. */
  static final int PAIRS_MAX = 10_000;

  private final double nearLat;
  private final double nearLon;
  private final double closeLat;
  private final double closeLon;
  private final Map<String, String> plain = new HashMap<>();
  private final List<Pair> pairs = new ArrayList<>();

  private DuplicateSweep(Bounds near, Bounds close) {
    this.nearLat = (near.north() - near.south()) / 2;
    this.nearLon = (near.east() - near.west()) / 2;
    this.closeLat = (close.north() - close.south()) / 2;
    this.closeLon = (close.east() - close.west()) / 2;
  }

  /**
   * What of an asset makes it alike another.
   *
   * @param id of the asset
   * @param kind code of its kind
   * @param lon WGS 84 degrees
   * @param lat WGS 84 degrees
   * @param name of its own; empty for none, as the following
   * @param number of a house
   * @param street that it stands in
   * @param species of a tree
   */
  record Entry(
      long id,
      String kind,
      double lon,
      double lat,
      String name,
      String number,
      String street,
      String species) {}

  /** Ids of two that may be one; the older has the smaller. */
  record Pair(long older, long younger) {}

  /**
   * The pairs among {@code entries} by the ids of the older and the younger, at most {@link
   * #PAIRS_MAX}.
   *
   * @param near a square around a position in the middle of the entries, half as wide as two of one
   *     name may be apart
   * @param close the same for two of one species
   */
  static List<Pair> of(List<Entry> entries, Bounds near, Bounds close) {
    return new DuplicateSweep(near, close).sweep(entries);
  }

  private List<Pair> sweep(List<Entry> entries) {
    Map<Long, List<Entry>> strips = new HashMap<>();
    for (Entry entry : entries) {
      long strip = (long) Math.floor(entry.lat() / nearLat);
      strips.computeIfAbsent(strip, s -> new ArrayList<>()).add(entry);
    }
    strips.values().forEach(strip -> strip.sort(Comparator.comparingDouble(Entry::lon)));
    for (Map.Entry<Long, List<Entry>> strip : strips.entrySet()) {
      within(strip.getValue());
      between(strip.getValue(), strips.getOrDefault(strip.getKey() + 1, List.of()));
    }
    pairs.sort(Comparator.comparingLong(Pair::older).thenComparingLong(Pair::younger));
    return pairs;
  }

  private void within(List<Entry> strip) {
    for (int i = 0; i < strip.size(); i++) {
      Entry one = strip.get(i);
      for (int j = i + 1; j < strip.size() && strip.get(j).lon() - one.lon() <= nearLon; j++) {
        compare(one, strip.get(j));
      }
    }
  }

  private void between(List<Entry> strip, List<Entry> above) {
    int from = 0;
    for (Entry one : strip) {
      while (from < above.size() && above.get(from).lon() < one.lon() - nearLon) {
        from++;
      }
      for (int j = from; j < above.size() && above.get(j).lon() - one.lon() <= nearLon; j++) {
        compare(one, above.get(j));
      }
    }
  }

  private void compare(Entry one, Entry other) {
    double lat = Math.abs(one.lat() - other.lat());
    double lon = Math.abs(one.lon() - other.lon());
    if (pairs.size() < PAIRS_MAX
        && lat <= nearLat
        && one.kind().equals(other.kind())
        && (isSame(one.name(), other.name())
            || (isSame(one.number(), other.number()) && isSame(one.street(), other.street()))
            || (lat < closeLat && lon < closeLon && isSame(one.species(), other.species())))) {
      pairs.add(new Pair(Math.min(one.id(), other.id()), Math.max(one.id(), other.id())));
    }
  }

  private boolean isSame(String one, String other) {
    return !one.isEmpty()
        && !other.isEmpty()
        && (one.equals(other) || plain(one).equals(plain(other)));
  }

  private String plain(String text) {
    return plain.computeIfAbsent(text, PlainText::of);
  }
}
