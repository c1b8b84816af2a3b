package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Labels against a database that is running already, as beside a server. */
class AssetLabelsCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
  private static final String HOST = "https://q.phuong.vn";

  @TempDir static Path temp;
  private static EmbeddedPostgres postgres;

  private final SecureRandom drawn = new Foreseen();
  private Path pdf;
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
  void twoTreesAndAHouse() throws Exception {
    pdf = Files.createTempDirectory(temp, "out").resolve("labels.pdf");
    // The first command lays the schema.
    asset("export", pdf.resolveSibling("none.csv").toString());
    // What is only ever added to is emptied here all the same.
    sql(
        """
        DO $$
        DECLARE t record;
        BEGIN
          FOR t IN SELECT tgrelid::regclass AS on_table, tgname FROM pg_trigger WHERE tgname LIKE '%append_only' LOOP
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', t.on_table, t.tgname);
          END LOOP;
        END $$;
        TRUNCATE plate, plate_batch, plate_event, residential_group, asset, audit_entry RESTART IDENTITY CASCADE;
        INSERT INTO residential_group (code, name) VALUES ('tdp-3', 'Tổ dân phố 3');
        INSERT INTO asset (kind, ref, lon, lat, street, number, group_id, created_at, updated_at) VALUES
          ('tree', '007', 106.07, 20.94, 'Phố Bần', NULL, 1, now(), now()),
          ('tree', '008', 106.08, 20.94, 'Phố Bần', NULL, NULL, now(), now()),
          ('house', NULL, 106.09, 20.94, 'Phố Bần', '12', 1, now(), now())
        """);
  }

  @Test
  void everyAssetWithoutAPlateGetsOneAndItsLabel() throws Exception {
    assertEquals(0, labels("--all"), err);
    assertTrue(out.contains("3 labels of batch 1 written to " + pdf), out);
    assertTrue(out.contains("3 of them not printed before"), out);
    assertEquals(new TreeSet<>(plates("state = 'printed'")), new TreeSet<>(printedCodes()));
    assertEquals(
        "3 3 command line",
        sql(
            """
            SELECT count(*) FILTER (WHERE kind = 'made') || ' ' || count(*) FILTER (WHERE kind = 'printed')
              || ' ' || max(actor) FROM plate_event
            """));
    assertEquals(
        "plate.make:3 plate.print:3",
        sql(
            """
            SELECT string_agg(action || ':' || (detail ->> 'plates'), ' ' ORDER BY id) FROM audit_entry
            WHERE actor = 'command line' AND action LIKE 'plate.%'
            """));
    assertFalse(Files.exists(pdf.resolveSibling("labels.pdf.part")));
  }

  @Test
  void onlyThoseThatAreMeantGetOne() throws Exception {
    assertEquals(0, labels("--kind=tree", "--group=tdp-3"), err);
    assertEquals("007", sql("SELECT a.ref FROM plate p JOIN asset a ON a.id = p.asset_id"));
    again();
    assertEquals(0, labels("--group=-"), err);
    assertEquals(
        "007 008",
        sql(
            "SELECT string_agg(a.ref, ' ' ORDER BY a.ref) FROM plate p JOIN asset a ON a.id = p.asset_id"));
    again();
    assertEquals(0, labels("--all"), err);
    assertTrue(out.contains("1 labels of batch 3"), out);
    assertTrue(out.contains("Left out: 2 that have a plate already."), out);
    again();
    assertEquals(1, labels("--all"), out);
    assertTrue(err.contains("Each of the 3 assets has a plate already"), err);
    assertFalse(Files.exists(pdf));
  }

  @Test
  void numbersAreGivenOneByOneOrInAFile() throws Exception {
    Path list = Files.writeString(pdf.resolveSibling("refs.txt"), "\uFEFF007\r\n\r\n 008 \r\n");
    assertEquals(0, labels("--refs=" + list), err);
    assertEquals("2", sql("SELECT count(*) FROM plate"));
    again();
    assertEquals(1, labels("--ref=007", "--ref=9999"));
    assertTrue(err.contains("No asset that is meant has the number 9999."), err);
    assertEquals(1, labels("--refs=" + pdf.resolveSibling("missing.txt")));
    assertEquals("2", sql("SELECT count(*) FROM plate"));
  }

  @Test
  void aBatchIsPrintedAgainOnWhatItWasMadeFor() throws Exception {
    assertEquals(0, labels("--kind=tree", "--format=plate60", "--note=Đợt 1"), err);
    List<String> codes = printedCodes();
    assertEquals("plate60 Đợt 1", sql("SELECT format || ' ' || note FROM plate_batch"));
    again();
    assertEquals(0, labels("--batch=1"), err);
    assertTrue(out.contains("0 of them not printed before"), out);
    assertEquals(codes, printedCodes());
    assertEquals("2", sql("SELECT count(*) FROM plate"));
    again();
    assertEquals(2, labels("--batch=1", "--start=2"));
    assertTrue(err.contains("A single plate has a page of its own"), err);
    assertEquals(2, labels("--batch=1", "--kind=tree"));
    assertEquals(1, labels("--batch=77"));
    assertTrue(err.contains("There is no batch 77"), err);
    sql("UPDATE plate SET state = 'revoked'");
    assertEquals(1, labels("--batch=1"));
    assertTrue(err.contains("nothing to print"), err);
  }

  @Test
  void aSheetThatWasBegunIsUsedUp() throws Exception {
    assertEquals(0, labels("--all", "--start=20"), err);
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertEquals(2, document.getNumberOfPages(), "two places on the first sheet");
    }
    again();
    assertEquals(2, labels("--all", "--start=22"));
    assertTrue(err.contains("1 to 21"), err);
  }

  @Test
  void nothingIsDoneWhereTheFileCannotBeWritten() throws Exception {
    Files.writeString(pdf, "somebody's");
    assertEquals(1, labels("--all"));
    assertTrue(err.contains("--force"), err);
    assertEquals("somebody's", Files.readString(pdf));
    // A folder in the way of the passing name: found out only when everything else is done.
    Files.createDirectory(pdf.resolveSibling("labels.pdf.part"));
    Files.createFile(pdf.resolveSibling("labels.pdf.part").resolve("full"));
    assertEquals(1, labels("--all", "--force"));
    assertTrue(err.contains("Nothing was changed."), err);
    assertEquals(
        "0 0", sql("SELECT (SELECT count(*) FROM plate) || ' ' || count(*) FROM plate_batch"));
    Files.delete(pdf.resolveSibling("labels.pdf.part").resolve("full"));
    Files.delete(pdf.resolveSibling("labels.pdf.part"));
    assertEquals(0, labels("--all", "--force"), err);
    assertEquals(3, printedCodes().size());
    pdf = temp.resolve("nowhere").resolve("labels.pdf");
    assertEquals(1, labels("--all"));
    assertTrue(err.contains("Make it first"), err);
  }

  @Test
  void labelsAreRefusedWhilePlatesHaveNoAddress() throws Exception {
    assertEquals(2, asset("labels", "--all", "--out=" + pdf));
    assertTrue(err.contains("Set public.url"), err);
    assertEquals(2, asset("labels", "--all", "--out=" + pdf, "--public-url=http://localhost:8080"));
    assertTrue(err.contains("loopback"), err);
    assertEquals("0", sql("SELECT count(*) FROM plate"));
  }

  @Test
  void wrongUsageIsTold() throws Exception {
    assertEquals(2, labels());
    assertTrue(err.contains("--kind, --group"), err);
    assertEquals(2, labels("--kind=ship"));
    assertTrue(err.contains("Known are: "), err);
    assertEquals(2, labels("--group=tdp-9"));
    assertTrue(err.contains("Known are: tdp-3."), err);
    assertEquals(2, labels("--all", "--format=a4"));
    assertTrue(err.contains("l7160, plate60, plate90"), err);
    assertEquals(2, asset("labels", "--all", "--public-url=" + HOST));
    assertTrue(err.contains("--out"), err);
    assertEquals("0", sql("SELECT count(*) FROM plate"));
  }

  private void again() throws Exception {
    Files.deleteIfExists(pdf);
  }

  private int labels(String... flags) {
    List<String> words = new ArrayList<>(List.of("labels", "--out=" + pdf, "--public-url=" + HOST));
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
        Commands.of(new Surroundings(Map.of(), () -> NOW, drawn))
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(failed, true));
    int code = commands.execute(line.toArray(String[]::new));
    out = printed.toString();
    err = failed.toString();
    return code;
  }

  /** The codes that people read on the labels. */
  private List<String> printedCodes() throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      Matcher code =
          Pattern.compile("\\b[0-9A-Z]{5}-[0-9A-Z]{5}\\b")
              .matcher(new PDFTextStripper().getText(document));
      return code.results().map(match -> match.group().replace("-", "")).toList();
    }
  }

  private static List<String> plates(String condition) throws SQLException {
    return List.of(
        sql("SELECT string_agg(code, ' ') FROM plate WHERE " + condition).split(" ", -1));
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

  /** Draws the same codes every time. */
  private static final class Foreseen extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random = new Random(7160);

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
