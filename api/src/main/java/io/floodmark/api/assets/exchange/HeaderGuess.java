package io.floodmark.api.assets.exchange;

import static java.util.Map.entry;

import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.Length;
import io.floodmark.api.assets.PlainText;
import io.floodmark.api.assets.files.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses from a header which column goes where: by the keys of fields, which is what exports have,
 * by their names in either language, and by the names that other registers of trees and addresses
 * use. Pure. Who imports sees the guess and may change it.
 */
public final class HeaderGuess {
  private static final Set<String> UNITS = Set.of("mm", "cm", "m");

  /** Words without accents, spaces and signs; the better name stands first. */
  private static final Map<String, List<String>> ALIASES =
      Map.ofEntries(
          entry(
              "ref",
              List.of(
                  "maso",
                  "sohieu",
                  "ma",
                  "macay",
                  "manha",
                  "reference",
                  "code",
                  "assetid",
                  "treeid",
                  "structid",
                  "siteid",
                  "objectid",
                  "id")),
          entry("name", List.of("ten", "tengoi")),
          entry("lon", List.of("longitude", "lng", "long", "kinhdo", "pointx", "xcoord", "x")),
          entry("lat", List.of("latitude", "vido", "pointy", "ycoord", "y")),
          entry(
              Target.POINT,
              List.of("geometry", "geom", "thegeom", "wkt", "geojson", "toado", "vitri")),
          entry(
              "number",
              List.of("sonha", "housenumber", "streetnumber", "addressnumber", "address")),
          entry(
              "street",
              List.of(
                  "tenduong",
                  "duong",
                  "duongpho",
                  "pho",
                  "streetname",
                  "onstreet",
                  "road",
                  "roadname")),
          entry("place", List.of("diadiem", "location", "khuvuc")),
          entry(
              "group",
              List.of("todanpho", "tdp", "to", "khupho", "thon", "residentialgroup", "groupcode")),
          entry("state", List.of("trangthai", "status")),
          entry(Target.KIND, List.of("loaitaisan", "assetkind")),
          entry(Target.SOURCE, List.of("nguon")),
          entry(
              "species",
              List.of(
                  "tenkhoahoc",
                  "scientificname",
                  "botanicalname",
                  "latinname",
                  "genusspecies",
                  "taxon",
                  "loaicay",
                  "loai")),
          entry(
              "commonName", List.of("tenthuonggoi", "tenthongthuong", "tencay", "vietnamesename")),
          entry(
              "trunkDiameterMm",
              List.of(
                  "trunkdiameter",
                  "dbh",
                  "dbhtrunk",
                  "treediameter",
                  "stemdiameter",
                  "diameter",
                  "duongkinhthan",
                  "duongkinhgoc",
                  "duongkinh")),
          entry("heightMm", List.of("height", "treeheight", "chieucao", "chieucaocay", "cao")),
          entry(
              "crownMm",
              List.of(
                  "crowndiameter",
                  "crown",
                  "crownwidth",
                  "crownspread",
                  "canopydiameter",
                  "canopy",
                  "duongkinhtan",
                  "tancay",
                  "tan")),
          entry("plantedYear", List.of("namtrong", "yearplanted", "plantingyear", "year")),
          entry("condition", List.of("tinhtrang", "treecondition", "health", "suckhoe")),
          entry("risk", List.of("nguyco", "nguycogaydo", "riskrating", "ruiro")),
          entry("decreeCategory", List.of("phanloai", "category")),
          entry("decreeUse", List.of("phamvi")),
          entry("stems", List.of("stemcount", "sothan")),
          entry("note", List.of("ghichu", "notes", "remarks", "comment")),
          entry("digitalAddress", List.of("diachiso")),
          entry("floors", List.of("sotang", "storeys", "stories")),
          entry("use", List.of("congnang", "landuse")),
          entry("coverMm", List.of("cover", "covers", "nap")),
          entry("places", List.of("succhua", "capacity")));

  private HeaderGuess() {}

  /**
   * The mapping that a header suggests; each field gets at most one column.
   *
   * @param kinds that the list may hold
   */
  public static Map<String, Target> of(Columns header, List<AssetKind> kinds) {
    Map<String, Target> guessed = new LinkedHashMap<>();
    for (String field : AssetKind.COMMON) {
      guess(header, guessed, field, Optional.empty());
    }
    if (has(guessed, "lon") && has(guessed, "lat")) {
      guessPlaceInWords(header, guessed);
    } else {
      guess(header, guessed, Target.POINT, Optional.empty());
    }
    guess(header, guessed, Target.KIND, Optional.empty());
    guess(header, guessed, Target.SOURCE, Optional.empty());
    for (AssetKind kind : kinds) {
      for (AssetField field : kind.fields()) {
        if (!has(guessed, field.key())) {
          guess(header, guessed, field.key(), Optional.of(field));
        }
      }
    }
    Map<String, Target> inOrder = new LinkedHashMap<>();
    header.names().stream()
        .filter(guessed::containsKey)
        .forEach(name -> inOrder.put(name, guessed.get(name)));
    return inOrder;
  }

  /** Beside coordinates, a column "Vị trí" says in words where something stands. */
  private static void guessPlaceInWords(Columns header, Map<String, Target> guessed) {
    if (!has(guessed, "place")) {
      header.names().stream()
          .filter(name -> !guessed.containsKey(name) && folded(name).equals("vitri"))
          .findFirst()
          .ifPresent(name -> guessed.put(name, Target.of("place")));
    }
  }

  private static boolean has(Map<String, Target> guessed, String field) {
    return guessed.values().stream().anyMatch(target -> target.field().equals(field));
  }

  private static void guess(
      Columns header, Map<String, Target> guessed, String key, Optional<AssetField> field) {
    boolean isLength = field.isPresent() && field.get().type() == AssetField.Type.LENGTH;
    List<String> free = header.names().stream().filter(name -> !guessed.containsKey(name)).toList();
    // An export writes keys, and lengths in millimetres.
    if (free.contains(key)) {
      guessed.put(key, isLength ? new Target(key, Optional.of(Length.MM)) : Target.of(key));
      return;
    }
    for (String alias : names(key, field)) {
      for (String column : free) {
        Optional<String> unit = isLength ? unit(column) : Optional.empty();
        String folded = folded(column);
        String bare = unit.map(u -> folded.substring(0, folded.length() - u.length())).orElse("");
        if (folded.equals(alias) || bare.equals(alias)) {
          Optional<Length> length =
              unit.filter(u -> bare.equals(alias))
                  .map(u -> Length.valueOf(u.toUpperCase(Locale.ROOT)))
                  .or(() -> field.filter(f -> isLength).map(AssetField::unit));
          guessed.put(column, new Target(key, length));
          return;
        }
      }
    }
  }

  private static List<String> names(String key, Optional<AssetField> field) {
    List<String> names = new ArrayList<>();
    // What ends in the unit in which the register keeps it says nothing about the list's own.
    names.add(folded(key.endsWith("Mm") ? key.substring(0, key.length() - 2) : key));
    field.ifPresent(
        f -> {
          names.add(folded(f.vi()));
          names.add(folded(f.en()));
        });
    names.addAll(ALIASES.getOrDefault(key, List.of()));
    return names;
  }

  /** The unit at the end of a header: {@code dbh_cm}, {@code Chiều cao (m)}. */
  private static Optional<String> unit(String column) {
    List<String> words = PlainText.words(column);
    return words.size() < 2
        ? Optional.empty()
        : Optional.of(words.get(words.size() - 1)).filter(UNITS::contains);
  }

  private static String folded(String text) {
    return String.join("", PlainText.words(text));
  }
}
