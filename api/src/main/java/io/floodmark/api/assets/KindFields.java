package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** Reads {@code asset_kind.fields}. Pure. */
final class KindFields {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int FIELDS_MAX = 60;
  private static final Set<String> KNOWN =
      Set.of("key", "type", "vi", "en", "required", "public", "min", "max", "unit", "options");

  private KindFields() {}

  /**
   * The fields that {@code json} describes.
   *
   * @throws IllegalArgumentException with a sentence that names the field at fault
   */
  static List<AssetField> parse(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "This is no JSON: line " + e.getLocation().getLineNr() + ", " + e.getOriginalMessage(),
          e);
    }
    if (!root.isArray() || root.size() > FIELDS_MAX) {
      throw new IllegalArgumentException("Give a list, [ ... ], of at most 60 fields.");
    }
    List<AssetField> fields = new ArrayList<>();
    for (JsonNode node : root) {
      fields.add(field(node));
    }
    return fields;
  }

  private static AssetField field(JsonNode node) {
    String key = node.path("key").asText();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                    "The field \"" + key + "\" has an unknown setting \"" + name + "\".");
              }
            });
    AssetField.Type type =
        AssetField.Type.find(node.path("type").asText())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The field \""
                            + key
                            + "\" needs a type: text, integer, length, year, date, choice or"
                            + " yesno."));
    List<AssetField.Option> options = new ArrayList<>();
    for (JsonNode option : node.path("options")) {
      options.add(
          new AssetField.Option(
              text(option, "value", key), text(option, "vi", key), text(option, "en", key)));
    }
    return new AssetField(
        key,
        type,
        text(node, "vi", key),
        text(node, "en", key),
        node.path("required").asBoolean(false),
        node.path("public").asBoolean(false),
        number(node, "min", key),
        number(node, "max", key),
        unit(node, type, key),
        options);
  }

  private static Length unit(JsonNode node, AssetField.Type type, String key) {
    if (type != AssetField.Type.LENGTH) {
      return Length.MM;
    }
    return switch (node.path("unit").asText("").toLowerCase(Locale.ROOT)) {
      case "mm" -> Length.MM;
      case "cm" -> Length.CM;
      case "m" -> Length.M;
      default ->
          throw new IllegalArgumentException(
              "The length \"" + key + "\" needs a unit: \"mm\", \"cm\" or \"m\".");
    };
  }

  private static String text(JsonNode node, String name, String key) {
    String text = node.path(name).asText("");
    if (text.isBlank()) {
      throw new IllegalArgumentException("The field \"" + key + "\" needs \"" + name + "\".");
    }
    return text;
  }

  private static OptionalLong number(JsonNode node, String name, String key) {
    JsonNode number = node.path(name);
    if (number.isMissingNode() || number.isNull()) {
      return OptionalLong.empty();
    }
    if (!number.isIntegralNumber()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" of the field \"" + key + "\" must be a whole number.");
    }
    return OptionalLong.of(number.longValue());
  }
}
