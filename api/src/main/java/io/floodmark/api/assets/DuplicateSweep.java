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
 * for leaving out accents costs more than all the rest. Where a whole list stands on one point,
 * everything is everything's neighbour: there each is compared with the {@link #NEIGHBOURS_MAX}
 * next, sorted so that what is alike comes next, and none once {@link #PAIRS_MAX} are found.
 */
final class DuplicateSweep {
  /** More are never listed: somebody has to look at each. */
  static final int PAIRS_MAX = 10_000;

  /** More things do not stand within 15 m, in earnest; with each of so many a thing is compared. */
  static final int NEIGHBOURS_MAX = 100;

  private static final Comparator<Entry> ORDER =
      Comparator.comparingDouble(Entry::lon)
          .thenComparingDouble(Entry::lat)
          .thenComparing(Entry::kind)
          .thenComparing(Entry::street)
          .thenComparing(Entry::number)
          .thenComparing(Entry::name)
          .thenComparing(Entry::species)
          .thenComparingLong(Entry::id);

  private final double nearLat;
  private final double nearLon;
  private final double closeLat;
  private final double closeLon;
  private final Map<String, String> plain = new HashMap<>();
  private final List<Pair> pairs = new ArrayList<>();
  private long comparisons;

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
   * What a sweep came to.
   *
   * @param pairs by the ids of the older and the younger
   * @param comparisons of two entries that it took
   */
  record Found(List<Pair> pairs, long comparisons) {}

  /**
   * The pairs among {@code entries} by the ids of the older and the younger, at most {@link
   * #PAIRS_MAX}.
   *
   * @param near a square around a position in the middle of the entries, half as wide as two of one
   *     name may be apart
   * @param close the same for two of one species
   */
  static List<Pair> of(List<Entry> entries, Bounds near, Bounds close) {
    return find(entries, near, close).pairs();
  }

  /** As {@link #of}, with what it cost. */
  static Found find(List<Entry> entries, Bounds near, Bounds close) {
    return new DuplicateSweep(near, close).sweep(entries);
  }

  private Found sweep(List<Entry> entries) {
    Map<Long, List<Entry>> strips = new HashMap<>();
    for (Entry entry : entries) {
      long strip = (long) Math.floor(entry.lat() / nearLat);
      strips.computeIfAbsent(strip, s -> new ArrayList<>()).add(entry);
    }
    strips.values().forEach(strip -> strip.sort(ORDER));
    for (Map.Entry<Long, List<Entry>> strip : strips.entrySet()) {
      within(strip.getValue());
      between(strip.getValue(), strips.getOrDefault(strip.getKey() + 1, List.of()));
    }
    pairs.sort(Comparator.comparingLong(Pair::older).thenComparingLong(Pair::younger));
    return new Found(pairs, comparisons);
  }

  private boolean isFull() {
    return pairs.size() >= PAIRS_MAX;
  }

  private void within(List<Entry> strip) {
    for (int i = 0; i < strip.size() && !isFull(); i++) {
      compareWithNext(strip.get(i), strip, i + 1);
    }
  }

  private void between(List<Entry> strip, List<Entry> above) {
    int from = 0;
    for (Entry one : strip) {
      if (isFull()) {
        return;
      }
      while (from < above.size() && above.get(from).lon() < one.lon() - nearLon) {
        from++;
      }
      compareWithNext(one, above, from);
    }
  }

  private void compareWithNext(Entry one, List<Entry> strip, int from) {
    int end = Math.min(strip.size(), from + NEIGHBOURS_MAX);
    for (int j = from; j < end && strip.get(j).lon() - one.lon() <= nearLon && !isFull(); j++) {
      compare(one, strip.get(j));
    }
  }

  private void compare(Entry one, Entry other) {
    comparisons++;
    double lat = Math.abs(one.lat() - other.lat());
    double lon = Math.abs(one.lon() - other.lon());
    if (lat <= nearLat
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
