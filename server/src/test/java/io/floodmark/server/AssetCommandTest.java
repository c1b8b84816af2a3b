package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a database that is running already, as beside a server. */
class AssetCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");

  @TempDir static Path temp;
  private static EmbeddedPostgres postgres;

  private String out = "";
  private String err = "";

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.open(temp.resolve("data"), FolderKind.SERVE);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void empty() throws Exception {
    // The first command lays the schema.
    assertEquals(0, asset("export", temp.resolve("none.csv").toString()));
    sql(
        """
        ALTER TABLE asset_history DISABLE TRIGGER asset_history_append_only;
        DELETE FROM asset_history; DELETE FROM asset; DELETE FROM asset_import;
        ALTER TABLE asset_history ENABLE TRIGGER asset_history_append_only
        """);
  }

  @Test
  void aListIsImportedAndWhatItsColumnsMeanIsSaid() throws Exception {
    assertEquals(0, importing("ref,lon,lat,dbh_cm,STT\n007,106.07,20.94,35,1\n", "--kind", "tree"));
    assertTrue(out.contains("dbh_cm -> trunkDiameterMm:cm"), out);
    assertTrue(out.contains("Not imported: STT"), out);
    assertTrue(out.contains("1 rows imported"), out);
    assertEquals(
        "007 350 trees.csv",
        sql("SELECT ref || ' ' || (details ->> 'trunkDiameterMm') || ' ' || source FROM asset"));
    assertEquals("command line done", sql("SELECT actor || ' ' || state FROM asset_import"));
    assertEquals(
        "command line",
        sql(
            "SELECT actor FROM audit_entry WHERE action = 'asset.import' ORDER BY id DESC LIMIT 1"));
  }

  @Test
  void everyProblemStandsOnItsLineAndNothingIsWritten() throws Exception {
    assertEquals(
        1,
        importing(
            "ref,lon,lat,DBH_TRUNK\nA,106.07,20.94,abc\nA,106.08,20.95,12\nB,x,y,12\n",
            "--kind",
            "tree"));
    assertTrue(out.contains("row 2, DBH_TRUNK \"abc\": Must be a number of cm, as 12.5."), out);
    assertTrue(out.contains("row 4, lon \"x; y\": The position"), out);
    assertTrue(err.contains("2 of 3 rows cannot be imported. Nothing was changed."), err);
    assertEquals("0", sql("SELECT count(*) FROM asset"));
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    assertEquals(0, importing("lon,lat\n106.07,20.94\n", "--kind", "tree", "--dry-run"));
    assertTrue(out.contains("1 rows can be imported"), out);
    assertEquals("0", sql("SELECT count(*) FROM asset"));
  }

  @Test
  void columnsAbsentWordsAndConstantsAreTold() throws Exception {
    assertEquals(
        0,
        importing(
            "Nr,lon,lat,Art,street\nA,106.07,20.94,Ficus,None\n",
            "--kind=tree",
            "--map=Nr=ref",
            "--map=Art=species",
            "--absent=None",
            "--set=decreeCategory=shade"));
    assertEquals(
        "A Ficus shade -",
        sql(
            """
            SELECT concat_ws(' ', ref, details ->> 'species', details ->> 'decreeCategory', coalesce(street, '-'))
            FROM asset
            """));
  }

  @Test
  void whatIsExportedIsImportedAgain() throws Exception {
    importing("ref,lon,lat,street\n007,106.0712345678901,20.94,Phố Bần\n", "--kind", "tree");
    for (String name : List.of("out.csv", "out.geojson", "out.xlsx")) {
      Path file = temp.resolve(name);
      assertEquals(0, asset("export", file.toString()));
      assertTrue(out.contains("1 assets written"), out);
      empty();
      assertEquals(0, asset("import", file.toString()), err);
      assertEquals(
          "007 106.0712345678901 Phố Bần trees.csv",
          sql("SELECT concat_ws(' ', ref, lon, street, source) FROM asset"));
    }
  }

  @Test
  void wrongUsageIsTold() throws Exception {
    assertEquals(2, importing("lon,lat\n106.07,20.94\n"));
    assertTrue(err.contains("give --kind"), err);
    assertEquals(2, importing("a\n1\n", "--kind=tree"));
    assertTrue(err.contains("--map COLUMN=lon"), err);
    assertEquals(2, importing("lon,lat\n1,2\n", "--kind=ship"));
    assertTrue(err.contains("There is no kind \"ship\""), err);
    assertEquals(2, asset("export", temp.resolve("out.pdf").toString()));
    assertEquals(1, asset("import", temp.resolve("missing.csv").toString(), "--kind=tree"));
  }

  private int importing(String list, String... flags) throws IOException {
    Path file = temp.resolve("trees.csv");
    Files.writeString(file, list);
    List<String> words = new ArrayList<>(List.of("import", file.toString()));
    words.addAll(List.of(flags));
    return asset(words.toArray(String[]::new));
  }

  private int asset(String... words) {
    List<String> line = new ArrayList<>(List.of("asset"));
    line.addAll(List.of(words));
    line.addAll(List.of("--data-dir", postgres.dataDirectory().toString()));
    StringWriter printed = new StringWriter();
    StringWriter failed = new StringWriter();
    CommandLine commands =
        Commands.of(new Surroundings(Map.of(), () -> NOW, new NothingToDraw()))
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(failed, true));
    int code = commands.execute(line.toArray(String[]::new));
    out = printed.toString();
    err = failed.toString();
    return code;
  }

  private static String sql(String text) throws SQLException {
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(text)) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        return row.next() && row.getString(1) != null ? row.getString(1) : "";
      }
    }
  }

  /** These commands make no secrets. */
  private static final class NothingToDraw extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      throw new AssertionError("Nothing is to be drawn.");
    }
  }
}
