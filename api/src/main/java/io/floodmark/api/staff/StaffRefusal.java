package io.floodmark.api.staff;

import java.util.Map;

/**
 * What was asked for cannot be done to an account. Thrown within a transaction, so that nothing of
 * it stays; forms show it beside the field, others as a sentence.
 */
public final class StaffRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an unmodifiable map of texts
  private final Map<String, String> problems;

  /** Refused for these reasons: keys of texts by field. */
  public StaffRefusal(Map<String, String> problems) {
    super(problems.toString());
    this.problems = Map.copyOf(problems);
  }

  /** Refused for one reason. */
  public StaffRefusal(String field, String textKey) {
    this(Map.of(field, textKey));
  }

  /** Keys of texts by field. */
  public Map<String, String> problems() {
    return problems;
  }
}
