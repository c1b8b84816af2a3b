package io.floodmark.api.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.assets.DuplicateSweep.Entry;
import io.floodmark.api.assets.DuplicateSweep.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DuplicateSweepTest {
  private static final double LON = 106.07;
  private static final double LAT = 20.94;

  /** A metre in degrees of latitude, nearly. */
  private static final double METRE = 1 / 111_195.0;

  @Test
  void twoOfOneNameAreAPairUpToFifteenMetresApart() {
    assertEquals(List.of(new Pair(1, 2)), sweep(named(1, 0, "Trạm bơm"), named(2, 14, "tram bom")));
    assertEquals(List.of(), sweep(named(1, 0, "Trạm bơm"), named(2, 16, "tram bom")));
  }

  @Test
  void whatHasNoNameIsLikeNothingElseWithoutOne() {
    assertEquals(List.of(), sweep(named(1, 0, ""), named(2, 0, "")));
  }

  @Test
  void aHouseNumberCountsWithItsStreet() {
    Entry house = new Entry(7, "house", LON, LAT, "", "12A", "Phố Bần", "");
    Entry again = new Entry(9, "house", LON, LAT, "", "12a", "pho ban", "");
    Entry aroundTheCorner = new Entry(9, "house", LON, LAT, "", "12a", "Nguyễn Văn Linh", "");
    assertEquals(List.of(new Pair(7, 9)), sweep(again, house));
    assertEquals(List.of(), sweep(aroundTheCorner, house));
  }

  @Test
  void treesOfOneSpeciesStandInRowsAndMustBeCloser() {
    assertEquals(List.of(new Pair(1, 2)), sweep(tree(1, 0), tree(2, 2.5)));
    assertEquals(List.of(), sweep(tree(1, 0), tree(2, 4)));
  }

  @Test
  void twoKindsAreNeverOneThing() {
    Entry pump = new Entry(1, "pump", LON, LAT, "Cầu Treo", "", "", "");
    Entry camera = new Entry(2, "camera", LON, LAT, "Cầu Treo", "", "", "");
    assertEquals(List.of(), sweep(pump, camera));
  }

  @Test
  void findsWhatComparingAllWithAllFinds() {
    Random random = new Random(4_669);
    List<Entry> entries = new ArrayList<>();
    for (int id = 1; id <= 2_000; id++) {
      entries.add(
          new Entry(
              id,
              random.nextBoolean() ? "tree" : "house",
              LON + random.nextDouble() * 300 * METRE,
              LAT + random.nextDouble() * 300 * METRE,
              random.nextInt(3) == 0 ? "Tên " + random.nextInt(20) : "",
              random.nextInt(3) == 0 ? "" + random.nextInt(10) : "",
              "Phố " + random.nextInt(3),
              random.nextInt(2) == 0 ? "Loài " + random.nextInt(3) : ""));
    }
    Set<String> expected = new TreeSet<>();
    for (Entry one : entries) {
      for (Entry other : entries) {
        if (one.id() < other.id()
            && !DuplicateSweep.of(List.of(one, other), near(), close()).isEmpty()) {
          expected.add(one.id() + "-" + other.id());
        }
      }
    }
    Set<String> found = new TreeSet<>();
    DuplicateSweep.of(entries, near(), close())
        .forEach(pair -> found.add(pair.older() + "-" + pair.younger()));
    assertEquals(expected, found);
  }

  @Test
  void aHeapOfEqualThingsEndsAtTheLimit() {
    List<Entry> heap = new ArrayList<>();
    for (int id = 1; id <= 1_000; id++) {
      heap.add(tree(id, 0));
    }
    assertEquals(DuplicateSweep.PAIRS_MAX, DuplicateSweep.of(heap, near(), close()).size());
  }

  @Test
  void aWholeListOnOnePointIsNotComparedAllWithAll() {
    int count = 100_000;
    List<Entry> alike = new ArrayList<>();
    List<Entry> apart = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      alike.add(tree(id, 0));
      apart.add(named(id, 0, "Vật " + id));
    }
    DuplicateSweep.Found same = DuplicateSweep.find(alike, near(), close());
    assertEquals(DuplicateSweep.PAIRS_MAX, same.pairs().size());
    assertEquals(DuplicateSweep.PAIRS_MAX, same.comparisons(), "nothing after the last pair");
    DuplicateSweep.Found different = DuplicateSweep.find(apart, near(), close());
    assertEquals(List.of(), different.pairs());
    assertTrue(
        different.comparisons() <= (long) count * DuplicateSweep.NEIGHBOURS_MAX,
        () -> different.comparisons() + " comparisons");
  }

  @Test
  void twoThatAreAlikeAreFoundInAHeapOfOthers() {
    List<Entry> heap = new ArrayList<>();
    for (int id = 1; id <= 2_000; id++) {
      heap.add(named(id, 0, id == 7 || id == 1_900 ? "Trạm bơm" : "Vật " + id));
    }
    assertEquals(List.of(new Pair(7, 1_900)), DuplicateSweep.of(heap, near(), close()));
  }

  private static Entry named(long id, double metresNorth, String name) {
    return new Entry(id, "pump", LON, LAT + metresNorth * METRE, name, "", "", "");
  }

  private static Entry tree(long id, double metresNorth) {
    return new Entry(id, "tree", LON, LAT + metresNorth * METRE, "", "", "", "Delonix regia");
  }

  private static List<Pair> sweep(Entry... entries) {
    return DuplicateSweep.of(List.of(entries), near(), close());
  }

  private static Bounds near() {
    return Bounds.around(LON, LAT, 15);
  }

  private static Bounds close() {
    return Bounds.around(LON, LAT, 3);
  }
}
