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
      Set.of(
          "key",
          "type",
          "vi",
          "en",
          "required",
          "public",
          "min",
          "max",
          "unit",
          "options",
          "retired");

  private KindFields() {}

  /**
   * The fields that {@code json} describes.
   *
   * @throws KindProblem with a sentence that names the field at fault
   */
  static List<AssetField> parse(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw noJson(e);
    }
    if (!root.isArray() || root.size() > FIELDS_MAX) {
      throw KindProblem.of(
          "noList",
          "Give a list, [ ... ], of at most " + FIELDS_MAX + " fields.",
          "max",
          Integer.toString(FIELDS_MAX));
    }
    List<AssetField> fields = new ArrayList<>();
    for (JsonNode node : root) {
      fields.add(field(node));
    }
    return fields;
  }

  static KindProblem noJson(JsonProcessingException e) {
    String line = Integer.toString(Math.max(1, e.getLocation().getLineNr()));
    return KindProblem.of(
        "noJson", "This is no JSON: line " + line + ", " + e.getOriginalMessage(), "line", line);
  }

  private static AssetField field(JsonNode node) {
    String key = node.path("key").asText();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw KindProblem.of(
                    "unknown",
                    "The field \"" + key + "\" has an unknown setting \"" + name + "\".",
                    "field",
                    key,
                    "setting",
                    name);
              }
            });
    AssetField.Type type =
        AssetField.Type.find(node.path("type").asText())
            .orElseThrow(
                () ->
                    KindProblem.of(
                        "type",
                        "The field \""
                            + key
                            + "\" needs a type: text, integer, length, year, date, choice or"
                            + " yesno.",
                        "field",
                        key));
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
        node.path("required").asBoolean(false) && !node.path("retired").asBoolean(false),
        node.path("public").asBoolean(false),
        number(node, "min", key),
        number(node, "max", key),
        unit(node, type, key),
        options,
        node.path("retired").asBoolean(false));
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
          throw KindProblem.of(
              "unit",
              "The length \"" + key + "\" needs a unit: \"mm\", \"cm\" or \"m\".",
              "field",
              key);
    };
  }

  private static String text(JsonNode node, String name, String key) {
    String text = node.path(name).asText("");
    if (text.isBlank()) {
      throw KindProblem.of(
          "needs",
          "The field \"" + key + "\" needs \"" + name + "\".",
          "field",
          key,
          "setting",
          name);
    }
    return text;
  }

  private static OptionalLong number(JsonNode node, String name, String key) {
    JsonNode number = node.path(name);
    if (number.isMissingNode() || number.isNull()) {
      return OptionalLong.empty();
    }
    if (!number.isIntegralNumber()) {
      throw KindProblem.of(
          "number",
          "\"" + name + "\" of the field \"" + key + "\" must be a whole number.",
          "field",
          key,
          "setting",
          name);
    }
    return OptionalLong.of(number.longValue());
  }
}
