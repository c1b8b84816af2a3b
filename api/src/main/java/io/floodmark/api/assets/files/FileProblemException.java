package io.floodmark.api.assets.files;

import java.io.Serial;
import java.util.Map;

/** Why a whole file cannot be taken. {@link FileTexts} has the sentence that says what to do. */
public final class FileProblemException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String key;
  private final transient Map<String, String> values;

  FileProblemException(String key, Map<String, String> values) {
    super(key + " " + values);
    this.key = key;
    this.values = Map.copyOf(values);
  }

  FileProblemException(String key, Map<String, String> values, Throwable cause) {
    super(key + " " + values, cause);
    this.key = key;
    this.values = Map.copyOf(values);
  }

  /** Of the sentence. */
  public String key() {
    return key;
  }

  /** For the sentence's placeholders. */
  public Map<String, String> values() {
    return values;
  }
}
