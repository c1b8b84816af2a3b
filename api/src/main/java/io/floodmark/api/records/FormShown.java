package io.floodmark.api.records;

import java.util.Map;

/**
 * A form as a page shows it. Immutable.
 *
 * @param values what stands in its fields, by their names
 * @param problems the key of the text that says what is wrong, by the names of the fields
 */
public record FormShown(Map<String, String> values, Map<String, String> problems) {
  /** Nothing typed yet. */
  public static final FormShown EMPTY = new FormShown(Map.of(), Map.of());

  /** Copies the values; the order of the problems is kept. */
  public FormShown {
    values = Map.copyOf(values);
  }

  /** A form with these values and no problem. */
  public static FormShown of(Map<String, String> values) {
    return new FormShown(values, Map.of());
  }

  /** What stands in a field; empty for nothing. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** The key of what is wrong with a field; empty for nothing. */
  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** Whether this is what somebody sent and has to send again. */
  public boolean hasProblems() {
    return !problems.isEmpty();
  }
}
