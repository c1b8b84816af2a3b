package io.floodmark.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.assets.AssetContent;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoRegisterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");
  private static final List<Integer> GROUPS = IntStream.rangeClosed(1, 10).boxed().toList();

  @Test
  void everyHouseAndTreeStandsInsideTheWard() throws IOException {
    Path2D ward = DemoWardTest.ward();
    for (AssetContent asset : assets(1)) {
      assertTrue(
          ward.contains(asset.lon(), asset.lat()),
          () -> asset.kind() + " in " + asset.street() + " stands outside the ward");
    }
  }

  @Test
  void thereAreAFewThousandInAllTenGroups() {
    List<AssetContent> assets = assets(1);
    assertEquals(1_500, assets.stream().filter(asset -> asset.kind().equals("house")).count());
    assertEquals(2_540, assets.stream().filter(asset -> asset.kind().equals("tree")).count());
    assertEquals(
        Set.copyOf(GROUPS),
        assets.stream().map(asset -> asset.groupId().getAsInt()).collect(Collectors.toSet()));
  }

  @Test
  void noTwoHousesHaveTheSameAddress() {
    List<AssetContent> houses =
        assets(1).stream().filter(asset -> asset.kind().equals("house")).toList();
    assertEquals(
        houses.size(),
        houses.stream()
            .map(house -> house.number().get() + house.street().get())
            .distinct()
            .count());
  }

  @Test
  void aSeedGivesTheSameTwiceAndAnotherGivesOthers() {
    assertEquals(assets(1), assets(1));
    assertTrue(!assets(1).equals(assets(2)));
  }

  private static List<AssetContent> assets(long seed) {
    return new DemoRegister(seed, NOW).assets(GROUPS);
  }
}
