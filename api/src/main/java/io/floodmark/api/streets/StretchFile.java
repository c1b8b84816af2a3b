package io.floodmark.api.streets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.assets.PlainText;
import io.floodmark.api.assets.files.Bounds;
import io.floodmark.api.assets.files.CoordinateSystem;
import io.floodmark.api.assets.files.LikelySwapped;
import io.floodmark.api.assets.files.Position;
import io.floodmark.api.assets.files.RowProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads stretches from GeoJSON (RFC 7946): features that are lines, each with a name. Every fault
 * is remembered, so that all of them can be put right at once. Used once, by one thread.
 */
final class StretchFile {
  /** A ward has a few hundred stretches; a province's whole road network is not meant. */
  static final int STRETCHES_MAX = 2_000;

  static final int BYTES_MAX = 5 * 1024 * 1024;

  private static final int NAME_CHARS_MAX = 120;
  private static final int POSITIONS_MAX = 5_000;
  private static final int SENSORS_MAX = 20;

  /** What holds the name, as plain letters, the likeliest first. */
  private static final List<String> NAMES =
      List.of("name", "ten", "tenduong", "tenpho", "tendoan", "tuyen", "duong", "street", "road");

  private static final List<String> SENSORS = List.of("sensors", "sensor", "cambien", "diemdo");

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxStringLength(100_000)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Optional<Bounds> area;
  private final List<StretchDraft> drafts = new ArrayList<>();
  private final List<StretchFault> faults = new ArrayList<>();

  private StretchFile(Optional<Bounds> area) {
    this.area = area;
  }

  /**
   * What a file holds.
   *
   * @param drafts the stretches, in the order of the file
   * @param faults what is wrong; where there is any, nothing is to be taken in
   */
  record Content(List<StretchDraft> drafts, List<StretchFault> faults) {
    Content {
      drafts = List.copyOf(drafts);
      faults = List.copyOf(faults);
    }
  }

  /** Reads {@code bytes}; {@code area} is where stretches are expected, if that is known. */
  static Content read(byte[] bytes, Optional<Bounds> area) {
    StretchFile file = new StretchFile(area);
    file.read(bytes);
    if (file.drafts.isEmpty() && file.faults.isEmpty()) {
      file.faults.add(StretchFault.ofFile("empty", Map.of()));
    }
    return new Content(file.drafts, file.faults);
  }

  private void read(byte[] bytes) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      root(JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text));
    } catch (CharacterCodingException e) {
      faults.add(StretchFault.ofFile("encoding", Map.of()));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      faults.add(StretchFault.ofFile("syntax", Map.of("line", Integer.toString(line))));
    }
  }

  private void root(JsonNode root) {
    JsonNode crs = root.path("crs").path("properties").path("name");
    String type = root.path("type").asText();
    if (crs.isTextual() && !CoordinateSystem.isWgs84(crs.asText())) {
      faults.add(StretchFault.ofFile("crs", Map.of("crs", RowProblem.shortened(crs.asText()))));
    } else if (type.equals("Feature")) {
      feature(1, root);
    } else if (!type.equals("FeatureCollection") || !root.path("features").isArray()) {
      faults.add(StretchFault.ofFile("kind", Map.of()));
    } else if (root.get("features").size() > STRETCHES_MAX) {
      faults.add(StretchFault.ofFile("tooMany", Map.of("most", Integer.toString(STRETCHES_MAX))));
    } else {
      int number = 0;
      for (JsonNode feature : root.get("features")) {
        number++;
        feature(number, feature);
      }
    }
  }

  private void feature(int number, JsonNode feature) {
    JsonNode properties = feature.path("properties");
    String name = Normalizer.normalize(text(properties, NAMES), Normalizer.Form.NFC);
    Optional<StretchFault> fault =
        !feature.path("type").asText().equals("Feature")
            ? fault(number, name, "noFeature")
            : nameFault(number, name);
    Lines lines = new Lines(number, name);
    Optional<List<String>> sensors = sensors(properties);
    fault
        .or(() -> lines.read(feature.path("geometry")))
        .or(
            () ->
                sensors.filter(codes -> codes.size() > SENSORS_MAX).isPresent()
                    ? fault(number, name, "manySensors", "most", "" + SENSORS_MAX)
                    : Optional.empty())
        .ifPresentOrElse(
            faults::add,
            () ->
                drafts.add(new StretchDraft(number, name, new StretchLines(lines.lines), sensors)));
  }

  private static Optional<StretchFault> nameFault(int number, String name) {
    if (name.isEmpty()) {
      return fault(number, name, "noName");
    }
    if (name.length() > NAME_CHARS_MAX || name.chars().anyMatch(Character::isISOControl)) {
      return fault(
          number, RowProblem.shortened(name), "longName", "most", Integer.toString(NAME_CHARS_MAX));
    }
    return Optional.empty();
  }

  private static Optional<StretchFault> fault(
      int number, String name, String key, String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Optional.of(new StretchFault(number, name, key, values));
  }

  private static JsonNode property(JsonNode properties, List<String> names) {
    Map<String, JsonNode> byName = new HashMap<>();
    properties
        .fields()
        .forEachRemaining(
            field ->
                byName.putIfAbsent(
                    String.join("", PlainText.words(field.getKey())), field.getValue()));
    return names.stream()
        .map(byName::get)
        .filter(value -> value != null && !value.isNull())
        .filter(value -> value.isContainerNode() || !value.asText().isBlank())
        .findFirst()
        .orElseGet(JSON::nullNode);
  }

  private static String text(JsonNode properties, List<String> names) {
    JsonNode value = property(properties, names);
    return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
  }

  /** Codes as an array, or as a text with commas or semicolons between them. */
  private static Optional<List<String>> sensors(JsonNode properties) {
    JsonNode value = property(properties, SENSORS);
    List<String> codes = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(code -> codes.add(code.asText().strip()));
    } else if (!value.isNull()) {
      Arrays.stream(value.asText().split("[,;]", -1)).map(String::strip).forEach(codes::add);
    }
    codes.removeIf(String::isEmpty);
    return codes.isEmpty()
        ? Optional.empty()
        : Optional.of(codes.stream().distinct().sorted().collect(Collectors.toList()));
  }

  /** The lines of one feature. */
  private final class Lines {
    private final int number;
    private final String name;
    private final List<List<Position>> lines = new ArrayList<>();
    private int positions;

    Lines(int number, String name) {
      this.number = number;
      this.name = name;
    }

    /** Reads them; gives back the first fault. */
    Optional<StretchFault> read(JsonNode geometry) {
      String type = geometry.path("type").asText();
      JsonNode coordinates = geometry.path("coordinates");
      if (type.equals("LineString") && coordinates.isArray()) {
        return line(coordinates).or(this::none);
      }
      if (!type.equals("MultiLineString") || !coordinates.isArray()) {
        return type.isEmpty()
            ? fault(number, name, "noLine")
            : fault(number, name, "otherGeometry", "type", RowProblem.shortened(type));
      }
      for (JsonNode line : coordinates) {
        Optional<StretchFault> fault = line(line);
        if (fault.isPresent()) {
          return fault;
        }
      }
      return none();
    }

    private Optional<StretchFault> none() {
      return lines.isEmpty() ? fault(number, name, "noLine") : Optional.empty();
    }

    private Optional<StretchFault> line(JsonNode line) {
      List<Position> course = new ArrayList<>();
      for (JsonNode pair : line) {
        if (!pair.path(0).isNumber() || !pair.path(1).isNumber()) {
          return fault(number, name, "noPosition");
        }
        double lon = pair.get(0).asDouble();
        double lat = pair.get(1).asDouble();
        Optional<StretchFault> fault = placeFault(lon, lat);
        if (fault.isPresent()) {
          return fault;
        }
        Position position = new Position(StretchLines.rounded(lon), StretchLines.rounded(lat));
        if (course.isEmpty() || !course.get(course.size() - 1).equals(position)) {
          course.add(position);
        }
        positions++;
        if (positions > POSITIONS_MAX) {
          return fault(number, name, "manyPositions", "most", Integer.toString(POSITIONS_MAX));
        }
      }
      if (course.size() < 2) {
        return fault(number, name, "short");
      }
      lines.add(course);
      return Optional.empty();
    }

    private Optional<StretchFault> placeFault(double lon, double lat) {
      String said = String.format(Locale.ROOT, "[%s, %s]", lon, lat);
      if (!Position.isPossible(lon, lat)) {
        boolean swapped = LikelySwapped.impossibleButSwapped(lon, lat);
        return fault(number, name, swapped ? "swapped" : "range", "position", said);
      }
      if (area.isEmpty() || area.get().contains(lon, lat)) {
        return Optional.empty();
      }
      boolean swapped = new LikelySwapped(area.get()).test(new Position(lon, lat));
      return fault(number, name, swapped ? "swapped" : "outside", "position", said);
    }
  }
}
