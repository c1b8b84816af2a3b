package io.floodmark.sensor;

import java.util.regex.Pattern;

/**
 * The name by which a sensor signs in and under which its topics live.
 *
 * @param value 1 to 32 characters: a letter or digit, then letters, digits, {@code _} or {@code -}
 */
public record SensorCode(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code value} is not a sensor code
   */
  public SensorCode {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Not a sensor code: \"" + value + "\". Use 1 to 32 letters, digits, _ or -.");
    }
  }

  /** Whether {@code text} could be a sensor code; for input that is answered, not thrown at. */
  public static boolean isValid(String text) {
    return text != null && FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
