package io.floodmark.api.reports;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.report.ReportStep;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What staff send to take a step, from the page's form or as JSON.
 *
 * @param action key of a {@link ReportStep}, or {@code note}, {@code confirm}, {@code hide}
 * @param order the rest
 */
record StepForm(String action, ReportDesk.Order order) {
  /**
   * Reads the fields.
   *
   * @throws ProblemException with 422 that names the field which is wrong
   */
  static StepForm of(Function<String, Optional<String>> field) {
    String action = field.apply("step").orElse("");
    boolean known =
        action.equals("note")
            || action.equals("confirm")
            || action.equals("hide")
            || ReportStep.find(action).filter(step -> step != ReportStep.WITHDRAW).isPresent();
    if (!known) {
      throw new ProblemException(Problem.invalid("step", "There is no such step."));
    }
    return new StepForm(
        action,
        new ReportDesk.Order(
            number(field, "version")
                .orElseThrow(
                    () ->
                        new ProblemException(
                            Problem.invalid(
                                "version", "Send the version of the report that you saw."))),
            text(field, "publicNote"),
            text(field, "note"),
            number(field, "assignTo"),
            field.apply("duplicateOf").map(String::strip),
            field.apply("showOnMap").isPresent()));
  }

  private static Optional<String> text(Function<String, Optional<String>> field, String name) {
    Optional<String> text =
        field.apply(name).map(ReportText::clean).filter(words -> !words.isEmpty());
    if (text.isPresent()
        && (text.get().codePointCount(0, text.get().length()) > ReportText.TEXT_MAX
            || !ReportText.isPlain(text.get()))) {
      throw new ProblemException(
          Problem.invalid(
              name, "At most " + ReportText.TEXT_MAX + " characters, none of them hidden."));
    }
    return text;
  }

  private static OptionalInt number(Function<String, Optional<String>> field, String name) {
    return field
        .apply(name)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }
}
