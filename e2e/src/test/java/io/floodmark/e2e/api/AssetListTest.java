package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.assets.AssetDuplicates;
import io.floodmark.api.assets.AssetFilter;
import io.floodmark.api.assets.AssetList;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long lists of the register: sorted by an index, and looked through for duplicates. */
final class AssetListTest {
  private static final AssetFilter ALL = filter(Optional.empty());

  private RunningApi api;
  private Register register;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    register = new Register(api.database());
    // Each of them twice, eight metres apart; and nothing else of that name near.
    register.execute(
        """
        INSERT INTO asset (kind, name, lon, lat, street, number, created_at, updated_at)
        SELECT CASE WHEN n % 3 = 0 THEN 'pump' ELSE 'house' END, 'Điểm ' || n, 106.07, 20.94 + n * 0.001 + twice * 0.00007,
               'Phố ' || n % 7, n::text, now(), now()
        FROM generate_series(1, 120) n, generate_series(0, 1) twice
        """);
  }

  @AfterEach
  void stop() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"NAME, asset_by_name", "STREET, asset_by_street"})
  void aSortedListReadsItsIndexAndSortsNothing(AssetList.Sort sort, String index) throws Exception {
    try (Connection connection = api.database().connect();
        Statement statement = connection.createStatement()) {
      // So small a table is sorted faster; whether the index could serve shows without that choice.
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET enable_bitmapscan = off");
      statement.execute("SET enable_sort = off");
      statement.execute("SET enable_incremental_sort = off");
      AssetList.Page first = AssetList.page(connection, ALL, sort, Optional.empty());
      AssetList.Page second = AssetList.page(connection, ALL, sort, first.next());
      assertEquals(240, second.total());
      assertTrue(
          first.assets().stream().noneMatch(second.assets()::contains), "a row on both pages");
      statement.execute("SELECT pg_stat_force_next_flush()");
    }
    assertEquals(
        2,
        register.number(
            "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = '" + index + "'"));
  }

  @Test
  void duplicatesComePageByPageAndEachOnce() throws Exception {
    try (Connection connection = api.database().connect()) {
      AssetDuplicates.Page first = AssetDuplicates.pairs(connection, ALL, 0, 50);
      AssetDuplicates.Page last = AssetDuplicates.pairs(connection, ALL, 100, 50);
      assertEquals(120, first.total());
      assertEquals(50, first.pairs().size());
      assertFalse(first.isLast());
      assertEquals(20, last.pairs().size());
      assertTrue(last.isLast());
      AssetDuplicates.Page pumps =
          AssetDuplicates.pairs(connection, filter(Optional.of("pump")), 0, 50);
      assertEquals(40, pumps.total());
    }
  }

  @Test
  void thePageOfDuplicatesLeadsThroughAllOfThemWithItsFilters() throws Exception {
    StaffClient operator = api.signIn(Role.OPERATOR);
    String first = operator.get("/staff/assets/duplicates?kind=house").body();
    assertTrue(first.contains("80 cặp"), first);
    assertTrue(first.contains("/staff/assets/duplicates?kind=house&amp;page=2"), first);
    String second = operator.get("/staff/assets/duplicates?kind=house&page=2").body();
    assertFalse(second.contains("page=3"), second);
    assertTrue(second.contains("Điểm 119"), second);
  }

  private static AssetFilter filter(Optional<String> kind) {
    return new AssetFilter(
        Optional.empty(),
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        List.of(),
        false);
  }
}
