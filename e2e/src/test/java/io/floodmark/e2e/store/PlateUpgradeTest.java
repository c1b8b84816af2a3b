package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.e2e.TestDatabase.Engine;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** At most one plate of an asset lives, in databases of before that rule, too. */
@ParameterizedClass
@EnumSource(Engine.class)
final class PlateUpgradeTest extends SchemaOnEachEngine {
  private static final String UNIQUE_VIOLATION = "23505";

  private static final String ASSETS =
      """
      INSERT INTO asset (kind, ref, lon, lat, created_at, updated_at)
      SELECT 'tree', 'T' || n, 106, 21, now(), now() FROM generate_series(1, 3) n
      """;

  @Test
  void ofTwoLivingPlatesTheMountedOneStays() throws Exception {
    before();
    plate("AAAAAAAAA1", "T1", "mounted", "2026-03-01");
    plate("AAAAAAAAA2", "T1", "printed", "2026-05-01");
    plate("AAAAAAAAA3", "T2", "mounted", "2026-03-01");
    plate("AAAAAAAAA4", "T2", "mounted", "2026-04-01");
    plate("AAAAAAAAA5", "T2", "revoked", "2026-05-01");
    plate("AAAAAAAAA6", "T3", "made", "2026-05-01");
    migrate();
    assertEquals(
        "1:mounted 2:replaced>1 3:replaced>4 4:mounted 5:revoked 6:made",
        query(
            """
            SELECT string_agg(right(code, 1) || ':' || state || coalesce('>' || right(replaced_by, 1), ''), ' ' ORDER BY code)
            FROM plate
            """));
    assertEquals(
        "2 replaced upgrade, 3 replaced upgrade",
        query(
            """
            SELECT string_agg(right(code, 1) || ' ' || kind || ' ' || actor, ', ' ORDER BY code) FROM plate_event
            """));
  }

  @Test
  void aSecondLivingPlateIsRefused() throws Exception {
    migrate();
    execute(ASSETS);
    plate("AAAAAAAAA1", "T1", "mounted", "2026-03-01");
    SQLException refused =
        assertThrows(SQLException.class, () -> plate("AAAAAAAAA2", "T1", "made", "2026-03-02"));
    assertEquals(UNIQUE_VIOLATION, refused.getSQLState());
  }

  @Test
  void aPlateBesideOneThatIsOverIsTaken() throws Exception {
    migrate();
    execute(ASSETS);
    plate("AAAAAAAAA1", "T1", "lost", "2026-03-01");
    plate("AAAAAAAAA2", "T1", "made", "2026-03-02");
    plate("AAAAAAAAA3", "T2", "made", "2026-03-02");
    assertEquals("3", query("SELECT count(*) FROM plate"));
  }

  /** A database of the release before, with three trees. */
  private void before() throws SQLException {
    Flyway.configure()
        .dataSource(CommitLineOnEachEngine.dataSource(database))
        .locations("classpath:io/floodmark/schema")
        .target("5")
        // Today's views are of tables that came later.
        .repeatableSqlMigrationPrefix("later")
        .load()
        .migrate();
    execute(ASSETS);
  }

  private void plate(String code, String ref, String state, String day) throws SQLException {
    execute(
        """
        INSERT INTO plate (code, asset_id, state, made_at, mounted_at)
        SELECT '%1$s', id, '%3$s', '%4$s', CASE WHEN '%3$s' = 'mounted' THEN '%4$s'::timestamptz END
        FROM asset WHERE ref = '%2$s'
        """
            .formatted(code, ref, state, day));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
