package io.floodmark.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.quality.QualitySettings.Attenuation;
import io.floodmark.quality.QualitySettings.FlatLine;
import io.floodmark.quality.QualitySettings.Neighbourhood;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Settings in JSON, as column {@code sensor.quality} holds them. What is left out has its default,
 * {@code null} switches a test off:
 *
 * <pre>{@code
 * {"gapS":7200,"spike":{"method":"differential","suspectMm":50,"failMm":200},"fastMmPerMin":50,
 *  "flatLine":{"suspectS":21600,"failS":null,"toleranceMm":1},
 *  "attenuated":{"periodS":86400,"suspectMm":2,"failMm":0},
 *  "climatology":[{"fromMonth":5,"toMonth":10,"minMm":0,"maxMm":900}],"rainLeastMm":0.2,
 *  "neighbour":{"suspectMm":1000,"countMin":2},
 *  "errorCodesMm":[0,5000,10000],"constantCodesMm":[300]}
 * }</pre>
 */
public final class QualitySettingsJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KEYS =
      Set.of(
          "gapS",
          "spike",
          "fastMmPerMin",
          "flatLine",
          "attenuated",
          "climatology",
          "rainLeastMm",
          "neighbour",
          "errorCodesMm",
          "constantCodesMm");

  private QualitySettingsJson() {}

  /**
   * Reads settings.
   *
   * @throws IllegalArgumentException with a sentence that names what is wrong
   */
  public static QualitySettings parse(String json) {
    JsonNode root = tree(json);
    allow("quality", root, KEYS);
    QualitySettings defaults = QualitySettings.DEFAULT;
    return new QualitySettings(
        root.has("gapS") ? seconds(root, "gapS") : defaults.gap(),
        part(root, "spike", defaults.spike(), QualitySettingsJson::spike),
        root.has("fastMmPerMin") ? number(root, "fastMmPerMin") : defaults.fastMmPerMin(),
        part(root, "flatLine", defaults.flatLine(), QualitySettingsJson::flatLine),
        part(root, "attenuated", defaults.attenuation(), QualitySettingsJson::attenuation),
        seasons(root.path("climatology")),
        rain(root, defaults),
        part(root, "neighbour", defaults.neighbour(), QualitySettingsJson::neighbourhood),
        codes(root, "errorCodesMm", defaults.errorCodesMm()),
        codes(root, "constantCodesMm", defaults.constantCodesMm()));
  }

  private interface Reader<T> {
    T read(JsonNode node);
  }

  private static <T> Optional<T> part(
      JsonNode root, String key, Optional<T> byDefault, Reader<T> reader) {
    if (!root.has(key)) {
      return byDefault;
    }
    JsonNode node = root.get(key);
    if (node.isNull()) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      throw wrong(key, "is an object or null");
    }
    return Optional.of(reader.read(node));
  }

  private static SpikeRule spike(JsonNode node) {
    allow("spike", node, Set.of("method", "suspectMm", "failMm"));
    String method = node.path("method").asText("differential");
    if (!Set.of("average", "differential").contains(method)) {
      throw wrong("method", "of a spike is average or differential");
    }
    return new SpikeRule(
        SpikeRule.Method.valueOf(method.toUpperCase(Locale.ROOT)),
        number(node, "suspectMm"),
        number(node, "failMm"));
  }

  private static FlatLine flatLine(JsonNode node) {
    allow("flatLine", node, Set.of("suspectS", "failS", "toleranceMm"));
    return new FlatLine(
        seconds(node, "suspectS"),
        node.hasNonNull("failS") ? Optional.of(seconds(node, "failS")) : Optional.empty(),
        whole(node, "toleranceMm"));
  }

  private static Attenuation attenuation(JsonNode node) {
    allow("attenuated", node, Set.of("periodS", "suspectMm", "failMm"));
    return new Attenuation(
        seconds(node, "periodS"),
        number(node, "suspectMm"),
        node.has("failMm") ? number(node, "failMm") : 0);
  }

  private static Neighbourhood neighbourhood(JsonNode node) {
    allow("neighbour", node, Set.of("suspectMm", "countMin"));
    return new Neighbourhood(whole(node, "suspectMm"), whole(node, "countMin"));
  }

  private static List<Season> seasons(JsonNode node) {
    List<Season> seasons = new ArrayList<>();
    if (!node.isMissingNode() && !node.isNull() && !node.isArray()) {
      throw wrong("climatology", "is an array or null");
    }
    for (JsonNode season : node) {
      allow("climatology", season, Set.of("fromMonth", "toMonth", "minMm", "maxMm"));
      seasons.add(
          new Season(
              whole(season, "fromMonth"),
              whole(season, "toMonth"),
              new Span(number(season, "minMm"), number(season, "maxMm"))));
    }
    return seasons;
  }

  private static OptionalDouble rain(JsonNode root, QualitySettings defaults) {
    if (!root.has("rainLeastMm")) {
      return defaults.rainLeastMm();
    }
    return root.get("rainLeastMm").isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(number(root, "rainLeastMm"));
  }

  private static List<Integer> codes(JsonNode root, String key, List<Integer> byDefault) {
    if (!root.has(key)) {
      return byDefault;
    }
    List<Integer> codes = new ArrayList<>();
    JsonNode node = root.get(key);
    if (!node.isNull() && !node.isArray()) {
      throw wrong(key, "is an array of whole millimetres, or null");
    }
    for (JsonNode code : node) {
      if (!code.isInt()) {
        throw wrong(key, "holds whole millimetres only");
      }
      codes.add(code.intValue());
    }
    return codes;
  }

  private static Duration seconds(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isInt()) {
      throw wrong(key, "is a whole number of seconds");
    }
    return Duration.ofSeconds(value.intValue());
  }

  private static int whole(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isInt()) {
      throw wrong(key, "is a whole number");
    }
    return value.intValue();
  }

  private static double number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isNumber()) {
      throw wrong(key, "is a number");
    }
    return value.doubleValue();
  }

  private static void allow(String where, JsonNode node, Set<String> keys) {
    if (!node.isObject()) {
      throw wrong(where, "is an object");
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw new IllegalArgumentException(
                    "There is no \"%s\" in %s; there are %s."
                        .formatted(key, where, String.join(", ", keys.stream().sorted().toList())));
              }
            });
  }

  private static JsonNode tree(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      return root == null ? JSON.missingNode() : root;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException("\"" + key + "\" " + what + ".");
  }
}
