package io.floodmark.api.assets.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences about files in one language. Safe for use by any thread. */
public final class FileTexts {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)\\}");
  private static final FileTexts VIETNAMESE = load("vi");
  private static final FileTexts ENGLISH = load("en");

  private final Map<String, String> sentences;

  private FileTexts(Map<String, String> sentences) {
    this.sentences = Map.copyOf(sentences);
  }

  /** In Vietnamese. */
  public static FileTexts vietnamese() {
    return VIETNAMESE;
  }

  /** In English. */
  public static FileTexts english() {
    return ENGLISH;
  }

  private static FileTexts load(String language) {
    String name = "/io/floodmark/api/texts/files_" + language + ".properties";
    Properties properties = new Properties();
    try (InputStream in = FileTexts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The class path has no " + name + ": build api again.");
      }
      try (Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        properties.load(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> sentences = new TreeMap<>();
    properties.forEach((key, value) -> sentences.put((String) key, (String) value));
    return new FileTexts(sentences);
  }

  Map<String, String> sentences() {
    return sentences;
  }

  /** What is wrong with the file, and what to do. */
  public String sentence(FileProblemException problem) {
    return fill(problem.key(), problem.values());
  }

  /** What is wrong with the row, and what to do; {@link #place} says which row it is. */
  public String sentence(RowProblem problem) {
    Map<String, String> values = new TreeMap<>(problem.values());
    values.put("row", Long.toString(problem.row()));
    problem.column().ifPresent(column -> values.put("column", column));
    return fill(problem.key(), values);
  }

  /** Where a problem stands: “Dòng 12, cột “DBH””. */
  public String place(RowProblem problem, FileFormat format) {
    String kind =
        switch (format) {
          case CSV -> "place.csv";
          case GEOJSON -> "place.geojson";
          case XLSX -> "place.xlsx";
        };
    String row = fill(kind, Map.of("row", Long.toString(problem.row())));
    return problem
        .column()
        .map(column -> fill("place.column", Map.of("place", row, "column", column)))
        .orElse(row);
  }

  /** A sentence with its placeholders filled; one without a value stays as it is written. */
  private String fill(String key, Map<String, String> values) {
    String sentence = sentences.get(key);
    if (sentence == null) {
      throw new IllegalArgumentException("No sentence about files has the key " + key + ".");
    }
    return PLACEHOLDER
        .matcher(sentence)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }
}
