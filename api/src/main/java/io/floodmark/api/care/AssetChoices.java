package io.floodmark.api.care;

import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.http.Language;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The conditions and risks that assets of a kind may have: value to word, empty where the kind has
 * none.
 *
 * @param conditions in the order of the kind's field
 * @param risks in the order of the kind's field
 */
public record AssetChoices(Map<String, String> conditions, Map<String, String> risks) {
  static final String CONDITION = "condition";
  static final String RISK = "risk";

  static AssetChoices of(AssetKind kind, Language language) {
    return new AssetChoices(words(kind, CONDITION, language), words(kind, RISK, language));
  }

  private static Map<String, String> words(AssetKind kind, String key, Language language) {
    Map<String, String> words = new LinkedHashMap<>();
    kind.field(key)
        .map(AssetField::options)
        .ifPresent(
            options -> options.forEach(option -> words.put(option.value(), option.name(language))));
    return Collections.unmodifiableMap(words);
  }

  /** The word for a condition; the value itself where the kind has it no longer. */
  public String condition(String value) {
    return conditions.getOrDefault(value, value);
  }

  /** The word for a risk; the value itself where the kind has it no longer. */
  public String risk(String value) {
    return risks.getOrDefault(value, value);
  }
}
