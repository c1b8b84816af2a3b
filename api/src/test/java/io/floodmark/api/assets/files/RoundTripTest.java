package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written and read again is what was written. */
final class RoundTripTest {
  private static final PositionColumns POINT = new PositionColumns("kinh độ", "vĩ độ");
  private static final String ODD =
      "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵĐƯƠ"
          + "0127 \t\r\n\"'=+-@,;|&<>{}[]\\/_x\u0001\u000b\u001f\u007f\u0085\u00a0\u2028";

  record Table(List<String> header, List<Map<String, String>> rows) {}

  @Provide
  Arbitrary<Table> tables() {
    Arbitrary<String> letters =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars(ODD.toCharArray()).ofMaxLength(12),
            Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMaxLength(6),
            Arbitraries.of(
                "007",
                "=1+1",
                "'=1",
                "''",
                "-5",
                "+84 90",
                "@a",
                "_x000D_",
                "_x005F_",
                "😀",
                "None",
                "true",
                "1e5",
                "12.0",
                "sep=;",
                "\uFEFFa",
                "{\"a\":1}",
                " ",
                "#REF!"));
    Arbitrary<String> cell = letters.map(text -> Normalizer.normalize(text, Normalizer.Form.NFC));
    return Arbitraries.integers()
        .between(1, 5)
        .flatMap(
            columns ->
                Combinators.combine(
                        cell.list().ofSize(columns),
                        cell.list().ofSize(columns).list().ofMaxSize(6))
                    .as(RoundTripTest::table));
  }

  private static Table table(List<String> names, List<List<String>> cells) {
    // The number makes each name its own, whatever white space is around it.
    List<String> header =
        IntStream.range(0, names.size()).mapToObj(i -> names.get(i) + "·" + i).toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> row : cells) {
      Map<String, String> map = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        if (!row.get(i).isEmpty()) {
          map.put(header.get(i), row.get(i));
        }
      }
      rows.add(map);
    }
    return new Table(header, rows);
  }

  private static byte[] written(FileFormat format, Table table) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AssetWriter writer =
        AssetWriter.open(format, out, new Columns(table.header()), Optional.empty())) {
      for (Map<String, String> row : table.rows()) {
        Map<String, CellValue> cells = new LinkedHashMap<>();
        row.forEach((name, text) -> cells.put(name, CellValue.of(text)));
        writer.row(cells, Optional.empty());
      }
    }
    return out.toByteArray();
  }

  @Property(tries = 200, seed = "8141")
  void textsComeBackAsTheyWere(@ForAll("tables") Table table, @ForAll FileFormat format)
      throws Exception {
    byte[] bytes = written(format, table);
    List<Map<String, String>> filled = table.rows().stream().filter(row -> !row.isEmpty()).toList();
    try (AssetFile file = FileSamples.open(bytes)) {
      assertEquals(format, file.format());
      if (format != FileFormat.GEOJSON) {
        // GeoJSON names only the columns of which some feature has a value.
        assertEquals(table.header(), file.columns().names());
      }
      List<FileRow> rows = FileSamples.rows(file);
      rows.forEach(row -> assertEquals(List.of(), row.problems()));
      assertEquals(filled, rows.stream().map(FileRow::cells).toList());
    }
  }

  @Property(tries = 200, seed = "8142")
  void numbersTruthsAndPointsComeBackAsTheyWere(
      @ForAll FileFormat format,
      @ForAll BigDecimal number,
      @ForAll long whole,
      @ForAll boolean truth)
      throws Exception {
    double lon = Math.round(Math.sin((double) whole) * 180e7) / 1e7;
    double lat = Math.round(Math.cos((double) whole) * 90e7) / 1e7;
    Map<String, CellValue> cells =
        Map.of(
            "số",
            CellValue.of(number),
            "đếm",
            CellValue.of(whole),
            "đúng",
            new CellValue.Truth(truth));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AssetWriter writer =
        AssetWriter.open(
            format, out, new Columns(List.of("số", "đếm", "đúng")), Optional.of(POINT))) {
      writer.row(cells, Optional.of(new Position(lon, lat)));
    }
    FileRow row = FileSamples.rows(out.toByteArray()).get(0);
    cells.forEach((name, value) -> assertEquals(value.text(), row.cells().get(name)));
    Optional<Position> point =
        format == FileFormat.GEOJSON ? row.position() : POINT.read(row.cells()).position();
    assertEquals(Optional.of(new Position(lon, lat)), point);
  }

  @Example
  void csvIsWrittenForSpreadsheets() throws Exception {
    Table table =
        new Table(
            List.of("tên", "ghi chú"),
            List.of(Map.of("tên", "=HYPERLINK(\"x\")", "ghi chú", "a,b"), Map.of("tên", "-5")));
    assertEquals(
        "\uFEFF\"tên\",\"ghi chú\"\r\n\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\r\n-5,\r\n",
        new String(written(FileFormat.CSV, table), StandardCharsets.UTF_8));
  }

  @Example
  void geoJsonIsWrittenWithOneFeatureALine() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AssetWriter writer =
        AssetWriter.open(
            FileFormat.GEOJSON, out, new Columns(List.of("b", "a")), Optional.of(POINT))) {
      Map<String, CellValue> cells = Map.of("a", CellValue.of("007"), "b", CellValue.of(7));
      writer.row(cells, Optional.of(new Position(106.05, 20.9500000049)));
      writer.row(Map.of("a", CellValue.of("")), Optional.empty());
    }
    assertEquals(
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[106.05,20.9500000049]},\
        "properties":{"b":7,"a":"007"}}
        ,{"type":"Feature","geometry":null,"properties":{}}]}
        """,
        out.toString(StandardCharsets.UTF_8));
  }
}
