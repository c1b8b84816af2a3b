package io.floodmark.api.pages;

import io.floodmark.api.http.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of one feature's pages in one language, from {@code
 * texts/{feature}_{language}.properties}. Immutable, safe for use by any thread.
 */
public final class Texts {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  private final Map<String, String> texts;

  private Texts(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  /**
   * Reads the texts of these features; a key of a later one hides the same key of an earlier one.
   *
   * @throws IllegalStateException if a feature has no file in that language: a mistake of the build
   */
  public static Texts load(Language language, String... features) {
    Map<String, String> texts = new HashMap<>();
    for (String feature : features) {
      String file = "/io/floodmark/api/texts/" + feature + "_" + language.code() + ".properties";
      try (InputStream in = Texts.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException("The class path has no " + file + ".");
        }
        Properties properties = new Properties();
        properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        properties.forEach((key, text) -> texts.put((String) key, (String) text));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Texts(texts);
  }

  /**
   * The text of a key.
   *
   * @param namesAndValues for its {placeholders}: a name, its value, a name, ...
   * @throws IllegalArgumentException if there is no such text: a mistake of ours, found by any test
   *     that renders the page
   */
  public String of(String key, Object... namesAndValues) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("There is no text \"" + key + "\".");
    }
    if (namesAndValues.length == 0) {
      return text;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
    return of(key, values);
  }

  /** The text of a key, with its {placeholders} filled from {@code values}. */
  public String of(String key, Map<String, String> values) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("There is no text \"" + key + "\".");
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  /** Whether there is a text of that key. */
  public boolean has(String key) {
    return texts.containsKey(key);
  }

  /** All keys. */
  public Set<String> keys() {
    return texts.keySet();
  }
}
