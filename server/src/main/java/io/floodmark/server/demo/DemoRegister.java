package io.floodmark.server.demo;

import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetState;
import io.floodmark.api.assets.AssetStore;
import io.floodmark.api.assets.AssetValue;
import io.floodmark.api.assets.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * Made-up houses and trees along the demo ward's streets, and the residential groups they belong
 * to. From one seed, so that what was shown yesterday can be shown again. Not thread-safe.
 */
public final class DemoRegister {
  private static final int GROUPS = 10;

  /** Beyond the kerb and the pavement; trees stand on the pavement. */
  private static final double HOUSE_ASIDE_M = 21;

  private static final double TREE_ASIDE_M = 11;

  /** How far from evenly spaced houses and trees stand, as a share of the spacing. */
  private static final double UNEVEN = 0.5;

  /** One tree in so many is not of its street's species. */
  private static final int MIXED = 4;

  private static final int YEARS_MAX = 60;
  private static final double GROWN_YEARS = 40;
  private static final int OLD_YEARS = 50;

  private static final String INSERT_GROUP =
      "INSERT INTO residential_group (code, name, made_up) VALUES (?, ?, true) RETURNING id";

  private final Random random;
  private final Instant now;
  private final int year;
  private final List<DemoStreet> streets = DemoStreet.all();
  private final List<DemoStreet.Place> centres = centres();

  DemoRegister(long seed, Instant now) {
    this.random = new Random(seed);
    this.now = now;
    this.year = now.atZone(ZoneOffset.UTC).getYear();
  }

  /**
   * Adds all of it to a register in which nothing is yet, in a transaction of its own; leaves any
   * other as it is.
   *
   * @param seed of what is made up
   * @param now when it comes in
   */
  public static void addTo(Connection connection, long seed, Instant now) throws SQLException {
    try (PreparedStatement any =
            connection.prepareStatement(
                "SELECT EXISTS (SELECT 1 FROM asset)"
                    + " OR EXISTS (SELECT 1 FROM residential_group)");
        ResultSet row = any.executeQuery()) {
      row.next();
      if (row.getBoolean(1)) {
        return;
      }
    }
    connection.setAutoCommit(false);
    DemoRegister register = new DemoRegister(seed, now);
    List<Integer> groups = register.addGroups(connection);
    new AssetStore(connection)
        .insertAll(register.assets(groups).iterator(), true, "demo", register.change());
    new DemoTraces(connection, register.random, now).add();
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** All houses and trees; {@code groups} are the ids of the groups. */
  List<AssetContent> assets(List<Integer> groups) {
    List<AssetContent> assets = new ArrayList<>();
    int treeNumber = 0;
    for (DemoStreet street : streets) {
      for (int i = 0; i < street.houses(); i++) {
        assets.add(house(street, i, groups));
      }
      for (int i = 0; i < street.trees(); i++) {
        treeNumber++;
        assets.add(tree(street, i, treeNumber, groups));
      }
    }
    return assets;
  }

  private List<Integer> addGroups(Connection connection) throws SQLException {
    List<Integer> ids = new ArrayList<>();
    try (PreparedStatement insert = connection.prepareStatement(INSERT_GROUP)) {
      for (int i = 1; i <= GROUPS; i++) {
        insert.setString(1, "tdp-%02d".formatted(i));
        insert.setString(2, "Tổ dân phố " + i);
        try (ResultSet row = insert.executeQuery()) {
          row.next();
          ids.add(row.getInt(1));
        }
      }
    }
    return ids;
  }

  /** Odd numbers on the left, even ones on the right, as streets here are numbered. */
  private AssetContent house(DemoStreet street, int index, List<Integer> groups) {
    boolean right = index % 2 == 1;
    double aside = HOUSE_ASIDE_M + random.nextDouble() * 4;
    DemoStreet.Place place =
        street.beside(share(index / 2, (street.houses() + 1) / 2), right ? aside : -aside);
    Map<String, AssetValue> details = new LinkedHashMap<>();
    details.put("floors", new AssetValue.Whole(1 + random.nextInt(4)));
    details.put("use", new AssetValue.Words(random.nextInt(3) == 0 ? "mixed" : "dwelling"));
    return new AssetContent(
        "house",
        Optional.empty(),
        Optional.empty(),
        place.lon(),
        place.lat(),
        Optional.of(Integer.toString(index + 1)),
        Optional.of(street.name()),
        Optional.empty(),
        group(place, groups),
        AssetState.IN_USE,
        details,
        OptionalLong.empty(),
        Optional.empty());
  }

  private AssetContent tree(DemoStreet street, int index, int number, List<Integer> groups) {
    double aside = TREE_ASIDE_M + random.nextDouble() * 2;
    DemoStreet.Place place =
        street.beside(share(index / 2, (street.trees() + 1) / 2), index % 2 == 1 ? aside : -aside);
    return new AssetContent(
        "tree",
        Optional.of("MH-%05d".formatted(number)),
        Optional.empty(),
        place.lon(),
        place.lat(),
        Optional.empty(),
        Optional.of(street.name()),
        Optional.empty(),
        group(place, groups),
        AssetState.IN_USE,
        treeDetails(street),
        OptionalLong.empty(),
        Optional.empty());
  }

  private Map<String, AssetValue> treeDetails(DemoStreet street) {
    DemoSpecies[] all = DemoSpecies.values();
    DemoSpecies species =
        random.nextInt(MIXED) == 0
            ? all[random.nextInt(all.length)]
            : DemoSpecies.of(street.species());
    int age = 2 + (int) Math.min(YEARS_MAX, Math.abs(random.nextGaussian()) * 18);
    double grown = Math.min(1.2, Math.sqrt(age / GROWN_YEARS)) * (0.8 + random.nextDouble() * 0.4);
    int heightMm = (int) Math.round(species.heightDm * grown) * 100;
    int dice = random.nextInt(100);
    String condition = dice < 70 ? "good" : dice < 91 ? "fair" : dice < 98 ? "poor" : "dying";
    boolean weak = condition.equals("poor") || condition.equals("dying");
    Map<String, AssetValue> details = new LinkedHashMap<>();
    details.put("species", new AssetValue.Words(species.scientific));
    details.put("commonName", new AssetValue.Words(species.common));
    details.put(
        "trunkDiameterMm", new AssetValue.Whole(Math.max(30, Math.round(species.trunkMm * grown))));
    details.put("heightMm", new AssetValue.Whole(Math.max(2_000, heightMm)));
    details.put("crownMm", new AssetValue.Whole(Math.max(1_000, heightMm / 200 * 100)));
    details.put("plantedYear", new AssetValue.Whole(year - age));
    details.put("condition", new AssetValue.Words(condition));
    details.put("risk", new AssetValue.Words(weak ? "high" : dice % 5 == 0 ? "moderate" : "low"));
    details.put(
        "decreeCategory",
        new AssetValue.Words(weak ? "danger" : age >= OLD_YEARS ? "old" : "shade"));
    details.put("decreeUse", new AssetValue.Words("public"));
    return details;
  }

  private double share(int index, int count) {
    return (index + 0.5 + (random.nextDouble() - 0.5) * UNEVEN) / count;
  }

  private OptionalInt group(DemoStreet.Place place, List<Integer> groups) {
    int nearest = 0;
    for (int i = 1; i < centres.size(); i++) {
      if (place.metresTo(centres.get(i)) < place.metresTo(centres.get(nearest))) {
        nearest = i;
      }
    }
    return OptionalInt.of(groups.get(nearest));
  }

  /** The middles of the longest streets, from west to east, the long ones twice. */
  private List<DemoStreet.Place> centres() {
    List<DemoStreet.Place> centres = new ArrayList<>();
    for (DemoStreet street : streets) {
      if (street.houses() > 300) {
        centres.add(street.beside(0.2, 0));
        centres.add(street.beside(0.8, 0));
      } else {
        centres.add(street.beside(0.5, 0));
      }
    }
    return centres.stream()
        .sorted(Comparator.comparingDouble(DemoStreet.Place::lon))
        .limit(GROUPS)
        .toList();
  }

  private Change change() {
    Caller demo =
        new Caller(OptionalInt.empty(), "demo", "", Set.of(), Set.of(), Optional.empty(), false);
    return new Change(demo, now, Optional.empty(), Optional.of("Dữ liệu trình diễn"));
  }
}
