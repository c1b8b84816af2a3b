package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The form in which the columns of a list are told where to go, and back from it. */
public final class MappingForm {
  private MappingForm() {}

  /**
   * A column with what is in it.
   *
   * @param field name of the form's field
   * @param name in the file's own words
   * @param samples of its cells
   * @param chosen where it goes, or empty
   */
  public record Column(String field, String name, String samples, String chosen) {}

  /**
   * A value for all rows.
   *
   * @param field name of the form's field
   * @param name as people read it
   * @param options of a choice; empty for a text
   * @param chosen so far, or empty
   */
  public record Constant(String field, String name, List<ColumnChoice> options, String chosen) {}

  /** What a header suggests, and the words in the file that likely mean nothing. */
  static ColumnMapping guessed(FilePreview preview, List<AssetKind> kinds) {
    return new ColumnMapping(
        HeaderGuess.of(preview.columns(), kinds),
        Map.of(),
        preview.absent().keySet(),
        false,
        Optional.empty());
  }

  static List<Column> columns(FilePreview preview, ColumnMapping mapping) {
    List<Column> columns = new ArrayList<>();
    List<String> names = preview.columns().names();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      columns.add(
          new Column(
              "column." + i,
              name,
              String.join(" · ", preview.samples().getOrDefault(name, List.of())),
              Optional.ofNullable(mapping.columns().get(name)).map(Target::written).orElse("")));
    }
    return columns;
  }

  static List<Constant> constants(
      List<AssetKind> kinds,
      List<ColumnChoice> groups,
      ColumnMapping mapping,
      Texts texts,
      Language language) {
    List<Constant> constants = new ArrayList<>();
    constants.add(constant("group", texts.of("exchange.field.group"), groups, mapping));
    constants.add(constant("street", texts.of("exchange.field.street"), List.of(), mapping));
    ColumnChoice.fields(kinds)
        .forEach(
            (key, field) -> {
              if (field.type() == AssetField.Type.CHOICE) {
                List<ColumnChoice> options =
                    field.options().stream()
                        .map(o -> new ColumnChoice(o.value(), o.name(language)))
                        .toList();
                constants.add(constant(key, field.name(language), options, mapping));
              }
            });
    return constants;
  }

  private static Constant constant(
      String key, String name, List<ColumnChoice> options, ColumnMapping mapping) {
    return new Constant(
        "constant." + key, name, options, mapping.constants().getOrDefault(key, ""));
  }

  /** What somebody chose. */
  static ColumnMapping read(Form form, FilePreview preview, Optional<String> sheet) {
    Map<String, Target> columns = new LinkedHashMap<>();
    List<String> names = preview.columns().names();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      form.text("column." + i).flatMap(Target::parse).ifPresent(to -> columns.put(name, to));
    }
    Map<String, String> constants = new LinkedHashMap<>();
    for (String field : form.fields().keySet()) {
      if (field.startsWith("constant.")) {
        form.text(field)
            .ifPresent(value -> constants.put(field.substring("constant.".length()), value));
      }
    }
    Set<String> absent = new TreeSet<>(form.all("absent"));
    form.text("absentOther").ifPresent(absent::add);
    return new ColumnMapping(columns, constants, absent, form.isTicked("update"), sheet);
  }

  /** What a dry run need not begin with; keys of texts. */
  static List<String> problems(ColumnMapping mapping, FilePreview preview, Texts texts) {
    List<String> problems = new ArrayList<>();
    boolean two = mapping.columnOf("lon").isPresent() && mapping.columnOf("lat").isPresent();
    if (!two && mapping.columnOf(Target.POINT).isEmpty() && !preview.hasPoints()) {
      problems.add(texts.of("exchange.mapping.noPosition"));
    }
    for (String field : mapping.takenTwice()) {
      List<String> columns =
          mapping.columns().entrySet().stream()
              .filter(entry -> entry.getValue().field().equals(field))
              .map(Map.Entry::getKey)
              .toList();
      problems.add(texts.of("exchange.mapping.twice", "columns", String.join(", ", columns)));
    }
    return problems;
  }
}
