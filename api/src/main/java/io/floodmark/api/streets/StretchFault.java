package io.floodmark.api.streets;

import io.floodmark.api.pages.Texts;
import java.util.Map;

/**
 * Why a file of stretches, or one of its features, cannot be taken.
 *
 * @param feature which feature, from 1; 0 for the file as a whole
 * @param name of the stretch, as far as it is known
 * @param key of the sentence, below {@code streets.fault.}
 * @param values for the sentence's placeholders
 */
public record StretchFault(int feature, String name, String key, Map<String, String> values) {
  /** Copies the values. */
  public StretchFault {
    values = Map.copyOf(values);
  }

  static StretchFault ofFile(String key, Map<String, String> values) {
    return new StretchFault(0, "", key, values);
  }

  /** What is wrong and what to do, in the reader's language. */
  public String sentence(Texts texts) {
    return texts.of("streets.fault." + key, values);
  }
}
