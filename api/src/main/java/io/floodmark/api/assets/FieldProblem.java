package io.floodmark.api.assets;

import io.floodmark.api.pages.Texts;
import java.util.Map;

/**
 * Why a field cannot be taken as it is.
 *
 * @param field key of the field, as {@code heightMm} or {@code street}
 * @param key of the text that says so, as {@code assets.problem.tooLarge}
 * @param values for the text's placeholders
 */
public record FieldProblem(String field, String key, Map<String, String> values) {
  /** Copies the values. */
  public FieldProblem {
    values = Map.copyOf(values);
  }

  /** The sentence in the language of {@code texts}. */
  public String sentence(Texts texts) {
    return texts.of(key, values);
  }
}
