package io.floodmark.api.assets;

import io.floodmark.api.pages.Texts;
import java.util.Map;

/** Says what is wrong with a kind or a field of it, so that a page can say it in its language. */
public final class KindProblem extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient Map<String, String> values;

  private KindProblem(String key, String message, Map<String, String> values) {
    super(message);
    this.key = key;
    this.values = Map.copyOf(values);
  }

  /**
   * A problem.
   *
   * @param key of its text, below {@code kinds.problem.}
   * @param message the same for logs
   * @param namesAndValues for the text's {placeholders}
   */
  static KindProblem of(String key, String message, String... namesAndValues) {
    Map<String, String> values = new java.util.HashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new KindProblem(key, message, values);
  }

  /** It as a sentence. */
  String sentence(Texts texts) {
    return texts.of("kinds.problem." + key, values);
  }
}
