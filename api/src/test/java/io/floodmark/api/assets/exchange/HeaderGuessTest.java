package io.floodmark.api.assets.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.Length;
import io.floodmark.api.assets.files.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class HeaderGuessTest {
  private static final AssetKind TREE =
      new AssetKind(
          "tree",
          "Cây xanh",
          "Tree",
          true,
          1,
          List.of(
              field("species", AssetField.Type.TEXT, "Tên khoa học", Length.MM),
              field("commonName", AssetField.Type.TEXT, "Tên thường gọi", Length.MM),
              field(
                  "trunkDiameterMm", AssetField.Type.LENGTH, "Đường kính thân ở 1,3 m", Length.CM),
              field("heightMm", AssetField.Type.LENGTH, "Chiều cao", Length.M),
              field("plantedYear", AssetField.Type.YEAR, "Năm trồng", Length.MM),
              field("risk", AssetField.Type.TEXT, "Nguy cơ gãy đổ", Length.MM)));

  private static AssetField field(String key, AssetField.Type type, String vi, Length unit) {
    return new AssetField(
        key,
        type,
        vi,
        key,
        false,
        true,
        OptionalLong.empty(),
        OptionalLong.empty(),
        unit,
        List.of(),
        false);
  }

  private static Map<String, String> guess(String... header) {
    Map<String, String> guessed = new LinkedHashMap<>();
    HeaderGuess.of(new Columns(List.of(header)), List.of(TREE))
        .forEach((column, target) -> guessed.put(column, target.written()));
    return guessed;
  }

  @Test
  void anotherCitysHeaderIsUnderstood() {
    assertEquals(
        Map.of(
            "STRUCTID", "ref",
            "ADDRESS", "number",
            "STREETNAME", "street",
            "BOTANICAL_NAME", "species",
            "COMMON_NAME", "commonName",
            "DBH_TRUNK", "trunkDiameterMm:cm",
            "geometry", "point"),
        guess(
            "_id",
            "OBJECTID",
            "STRUCTID",
            "ADDRESS",
            "STREETNAME",
            "CROSSSTREET1",
            "SITE",
            "WARD",
            "BOTANICAL_NAME",
            "COMMON_NAME",
            "DBH_TRUNK",
            "geometry"));
  }

  @Test
  void aVietnameseHeaderIsUnderstood() {
    assertEquals(
        Map.of(
            "Số hiệu", "ref",
            "Kinh độ", "lon",
            "Vĩ độ", "lat",
            "Tên đường", "street",
            "Tổ dân phố", "group",
            "Tên cây", "commonName",
            "Đường kính (cm)", "trunkDiameterMm:cm",
            "Chiều cao (m)", "heightMm:m",
            "Năm trồng", "plantedYear",
            "Nguy cơ", "risk"),
        guess(
            "Số hiệu",
            "Kinh độ",
            "Vĩ độ",
            "Tên đường",
            "Tổ dân phố",
            "Tên cây",
            "Đường kính (cm)",
            "Chiều cao (m)",
            "Năm trồng",
            "Nguy cơ"));
  }

  @Test
  void besideCoordinatesAColumnOfPositionsIsInWords() {
    assertEquals(
        Map.of("Kinh độ", "lon", "Vĩ độ", "lat", "Vị trí", "place"),
        guess("Vị trí", "Kinh độ", "Vĩ độ"));
    assertEquals(Map.of("Vị trí", Target.POINT), guess("Vị trí"));
  }

  @Test
  void theUnitIsTheHeadersElseTheFields() {
    assertEquals(Map.of("trunk_diameter_mm", "trunkDiameterMm:mm"), guess("trunk_diameter_mm"));
    assertEquals(Map.of("height", "heightMm:m"), guess("height"));
    assertEquals(
        Map.of("Đường kính thân ở 1,3 m", "trunkDiameterMm:cm"), guess("Đường kính thân ở 1,3 m"));
  }

  @Test
  void anExportsLengthsAreMillimetres() {
    assertEquals(Map.of("heightMm", "heightMm:mm"), guess("heightMm"));
  }

  @Test
  void aFieldGetsOneColumn() {
    assertEquals(Map.of("dbh", "trunkDiameterMm:cm"), guess("dbh", "diameter"));
  }

  @Test
  void whatIsChosenSurvivesTheDatabase() {
    ColumnMapping mapping =
        new ColumnMapping(
            Map.of("DBH \"x\"", new Target("trunkDiameterMm", Optional.of(Length.CM))),
            Map.of("decreeCategory", "shade"),
            java.util.Set.of("None"),
            true,
            Optional.of("Cây"));
    assertEquals(Optional.of(mapping), ColumnMapping.parse(mapping.json()));
    assertEquals(Optional.empty(), ColumnMapping.parse("{}"));
  }
}
