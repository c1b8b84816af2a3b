package io.floodmark.api.assets;

import io.floodmark.api.http.Language;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An asset as staff pages show it. Immutable.
 *
 * @param asset itself
 * @param kind of it
 * @param groups all
 * @param language of the page
 * @param zone of its times
 */
public record AssetView(
    Asset asset, AssetKind kind, AssetGroups groups, Language language, ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");

  /** A field with its value in words; empty where it has none. */
  public record Fact(String name, String value, boolean missing) {}

  /** Two that may be one. */
  public record Pair(AssetView older, AssetView younger) {}

  /** What staff call it. */
  public String title() {
    return asset.title(kind, language);
  }

  /** Its page. */
  public String path() {
    return "/staff/assets/" + asset.id();
  }

  /** Where a plate for it is made: the page of new plates, with what finds it filled in. */
  public String platesPath() {
    return "/staff/plates/new?kind="
        + asset.kind()
        + "&q="
        + URLEncoder.encode(asset.content().ref().orElse(title()), StandardCharsets.UTF_8);
  }

  /** The name of its kind. */
  public String kindName() {
    return kind.name(language);
  }

  /** The name of its group, or nothing. */
  public String group() {
    return groups.of(asset.groupId()).map(AssetGroups.Group::name).orElse("");
  }

  /** Its condition in words, or nothing. */
  public String condition() {
    return shown("condition");
  }

  /** The condition's colour. */
  public String conditionBadge() {
    return switch (asset.content().detail("condition").map(AssetValue::plain).orElse("")) {
      case "good" -> "ok";
      case "fair" -> "warn";
      case "poor", "dying", "dead" -> "bad";
      default -> "off";
    };
  }

  /** The fields of its kind in words. */
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (AssetField field : kind.fields()) {
      String value = shown(field.key());
      if (field.retired() && value.isEmpty()) {
        continue;
      }
      facts.add(new Fact(field.name(language), value, value.isEmpty() && field.required()));
    }
    return facts;
  }

  /** When it was last verified, or nothing. */
  public String verified() {
    return asset.verifiedAt().map(this::day).orElse("");
  }

  /** A day of the ward's. */
  public String day(Instant at) {
    return DAY.format(at.atZone(zone));
  }

  /** A time of its history. */
  public String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /** A position as people copy it. */
  public String position() {
    return String.format(
        java.util.Locale.ROOT, "%.6f, %.6f", asset.content().lat(), asset.content().lon());
  }

  /** A field's name in a history, where the kind still has it. */
  Optional<String> fieldName(String key) {
    return kind.field(key).map(field -> field.name(language));
  }

  /** A kept value of a history in words. */
  String inWords(String key, String plain) {
    if (key.equals("group") && plain.matches("\\d{1,9}")) {
      return groups
          .of(java.util.OptionalInt.of(Integer.parseInt(plain)))
          .map(AssetGroups.Group::name)
          .orElse(plain);
    }
    Optional<AssetField> field = kind.field(key);
    if (field.isEmpty()) {
      return plain;
    }
    return field
        .get()
        .read(plain, Optional.of(Length.MM))
        .value()
        .map(value -> field.get().shown(value, language))
        .orElse(plain);
  }

  private String shown(String key) {
    return kind.field(key)
        .flatMap(field -> asset.content().detail(key).map(value -> field.shown(value, language)))
        .orElse("");
  }
}
