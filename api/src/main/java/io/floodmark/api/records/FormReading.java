package io.floodmark.api.records;

import io.floodmark.api.routes.Form;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a submitted form field by field and remembers what is wrong with it, so that all of it can
 * be said at once. Used once, by one thread.
 */
public final class FormReading {
  private final Form form;
  private final Map<String, String> problems = new LinkedHashMap<>();

  /** A reading of {@code form}. */
  public FormReading(Form form) {
    this.form = form;
  }

  /** A text of at most {@code charsMax} characters, if one was given. */
  public Optional<String> text(String field, int charsMax) {
    Optional<String> text = form.text(field);
    if (text.isPresent() && text.get().length() > charsMax) {
      wrong(field, "problem.tooLong");
    } else if (text.isPresent() && text.get().indexOf('\0') >= 0) {
      // The one character that PostgreSQL's texts do not hold.
      wrong(field, "problem.character");
    }
    return text;
  }

  /** A text that has to be there; empty where it is not. */
  public String needed(String field, int charsMax) {
    Optional<String> text = text(field, charsMax);
    if (text.isEmpty()) {
      wrong(field, "problem.missing");
    }
    return text.orElse("");
  }

  /** A whole number from {@code min} to {@code max}, if one was given. */
  public OptionalInt number(String field, int min, int max) {
    Optional<String> text = form.text(field);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("\\d{1,9}")) {
      wrong(field, "problem.number");
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(text.get());
    if (number < min || number > max) {
      wrong(field, "problem.range");
    }
    return OptionalInt.of(number);
  }

  /** A day as date fields send it (2026-11-22) or as people here write it (22/11/2026). */
  public Optional<LocalDate> date(String field) {
    Optional<String> text = form.text(field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String[] dayMonthYear = text.get().split("/", -1);
      LocalDate date =
          dayMonthYear.length == 3
              ? LocalDate.of(
                  Integer.parseInt(dayMonthYear[2]),
                  Integer.parseInt(dayMonthYear[1]),
                  Integer.parseInt(dayMonthYear[0]))
              : LocalDate.parse(text.get());
      if (date.getYear() < 1900 || date.getYear() > 2200) {
        wrong(field, "problem.date");
      }
      return Optional.of(date);
    } catch (DateTimeException | NumberFormatException e) {
      wrong(field, "problem.date");
      return Optional.empty();
    }
  }

  /** One of {@code options}, if one was chosen. */
  public Optional<String> choice(String field, Collection<String> options) {
    Optional<String> choice = form.text(field);
    if (choice.isPresent() && !options.contains(choice.get())) {
      wrong(field, "problem.choice");
      return Optional.empty();
    }
    return choice;
  }

  /** Whether a box was ticked. */
  public boolean isTicked(String field) {
    return form.isTicked(field);
  }

  /** Remembers a problem; of several with one field the first is shown. */
  public void wrong(String field, String problemKey) {
    problems.putIfAbsent(field, problemKey);
  }

  /** Whether nothing is wrong so far. */
  public boolean isGood() {
    return problems.isEmpty();
  }

  /** The form with what was typed and what is wrong with it. */
  public FormShown shown() {
    Map<String, String> values = new HashMap<>();
    form.fields().keySet().forEach(name -> form.text(name).ifPresent(v -> values.put(name, v)));
    return new FormShown(values, Collections.unmodifiableMap(new LinkedHashMap<>(problems)));
  }
}
