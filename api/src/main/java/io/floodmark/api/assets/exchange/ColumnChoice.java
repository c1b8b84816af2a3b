package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.Length;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a column can go to, as the form offers it.
 *
 * @param value as {@link Target#written}
 * @param name as people read it
 */
public record ColumnChoice(String value, String name) {
  private static final List<String> GENERAL =
      List.of(
          "ref",
          "name",
          "lon",
          "lat",
          Target.POINT,
          "number",
          "street",
          "place",
          "group",
          "state",
          Target.KIND,
          Target.SOURCE);

  /** All that a list of these kinds may bring; a length once for each unit. */
  static List<ColumnChoice> of(List<AssetKind> kinds, Texts texts, Language language) {
    List<ColumnChoice> choices = new ArrayList<>();
    for (String field : GENERAL) {
      choices.add(new ColumnChoice(field, texts.of("exchange.field." + field)));
    }
    fields(kinds)
        .forEach(
            (key, field) -> {
              if (field.type() == AssetField.Type.LENGTH) {
                for (Length unit : List.of(Length.CM, Length.M, Length.MM)) {
                  choices.add(
                      new ColumnChoice(
                          key + ":" + unit.sign(),
                          field.name(language) + " (" + unit.sign() + ")"));
                }
              } else {
                choices.add(new ColumnChoice(key, field.name(language)));
              }
            });
    return choices;
  }

  /** The fields of these kinds, each key once. */
  static Map<String, AssetField> fields(List<AssetKind> kinds) {
    Map<String, AssetField> fields = new LinkedHashMap<>();
    kinds.forEach(kind -> kind.fields().forEach(field -> fields.putIfAbsent(field.key(), field)));
    return fields;
  }
}
