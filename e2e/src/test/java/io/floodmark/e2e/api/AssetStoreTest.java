package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetState;
import io.floodmark.api.assets.AssetStore;
import io.floodmark.api.assets.AssetValue;
import io.floodmark.api.assets.Change;
import io.floodmark.e2e.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the register's store writes, and that it writes all of it or nothing. */
@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class AssetStoreTest {
  private static final Change CHANGE =
      new Change(Caller.NOBODY, RunningApi.NOON, Optional.empty(), Optional.of("thử"));

  @Parameter TestDatabase.Engine engine;
  private TestDatabase database;
  private Connection connection;
  private AssetStore store;

  @BeforeEach
  void open() throws Exception {
    database = RunningApi.laid(engine);
    connection = database.database().connect();
    connection.setAutoCommit(false);
    store = new AssetStore(connection);
  }

  @AfterEach
  void close() throws Exception {
    if (connection != null) {
      connection.close();
    }
    if (database != null) {
      database.close();
    }
  }

  private static AssetContent tree(String ref) {
    return new AssetContent(
        "tree",
        Optional.of(ref),
        Optional.of("Cây \"số\" {một}, \\"),
        106.07,
        20.94,
        Optional.empty(),
        Optional.of("Lê Lợi"),
        Optional.empty(),
        OptionalInt.empty(),
        AssetState.IN_USE,
        Map.of("heightMm", new AssetValue.Whole(7_500)),
        OptionalLong.empty(),
        Optional.empty());
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void whatIsInsertedIsFoundAsItWas() throws Exception {
    long id = store.insert(tree("C-1"), false, CHANGE).orElseThrow();
    assertEquals(tree("C-1"), store.find(id).orElseThrow().content());
    assertEquals(OptionalLong.empty(), store.insert(tree("C-1"), false, CHANGE));
    assertEquals(Optional.empty(), store.find(id + 1));
  }

  @Test
  void aListIsInsertedWithItsHistory() throws Exception {
    var list = IntStream.range(0, 4_500).mapToObj(i -> tree("L-" + i)).toList();
    assertEquals(4_500, store.insertAll(list.iterator(), true, "import:1", CHANGE));
    assertEquals(4_500, number("SELECT count(*) FROM asset WHERE made_up AND version = 1"));
    assertEquals(4_500, number("SELECT count(*) FROM asset_history WHERE action = 'imported'"));
    assertEquals(1, number("SELECT count(*) FROM audit_entry WHERE subject = 'import:1'"));
    assertEquals(Set.of("L-7"), store.takenRefs("tree", List.of("L-7", "L-4500")));
    SQLException twice =
        assertThrows(
            SQLException.class, () -> store.insertAll(list.iterator(), true, "import:2", CHANGE));
    assertEquals("23505", twice.getSQLState());
  }

  @Test
  void aStaleVersionChangesNothing() throws Exception {
    long id = store.insert(tree("C-1"), false, CHANGE).orElseThrow();
    store.insert(tree("C-2"), false, CHANGE);
    assertEquals(AssetStore.Written.STALE, store.update(id, 2, tree("C-3"), CHANGE));
    assertEquals(AssetStore.Written.REF_TAKEN, store.update(id, 1, tree("C-2"), CHANGE));
    assertEquals(AssetStore.Written.DONE, store.update(id, 1, tree("C-1"), CHANGE));
    assertEquals(1, store.find(id).orElseThrow().version());
    assertEquals(AssetStore.Written.DONE, store.update(id, 1, tree("C-3"), CHANGE));
    assertEquals(2, store.find(id).orElseThrow().version());
    assertEquals(Set.of(id), store.familyOf(id));
    assertEquals(id, store.headOf(id));
  }
}
