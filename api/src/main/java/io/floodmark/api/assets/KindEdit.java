package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.api.routes.Form;
import java.util.Optional;

/**
 * Changes {@code asset_kind.fields} as the page of a kind asks. Pure. Keys, types, options and who
 * may read a field stay what they were, and no field goes away: the values that assets have could
 * not be read any more, or would be read by others. A field that is retired is asked for no more.
 */
final class KindEdit {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KindEdit() {}

  /**
   * Names, required and retired of all fields as {@code form} has them: {@code vi-KEY}, {@code
   * en-KEY}, {@code required-KEY}, {@code retired-KEY}. A field that the form does not know stays.
   *
   * @throws KindProblem if a name is missing
   */
  static String changed(String fields, Form form) {
    ArrayNode changed = read(fields);
    for (JsonNode node : changed) {
      String key = node.path("key").asText();
      Optional<String> vi = form.text("vi-" + key);
      Optional<String> en = form.text("en-" + key);
      if (vi.isEmpty() && en.isEmpty()) {
        continue;
      }
      ObjectNode field = (ObjectNode) node;
      field.put("vi", vi.orElse(""));
      field.put("en", en.orElse(""));
      flag(field, "required", form.isTicked("required-" + key));
      flag(field, "retired", form.isTicked("retired-" + key));
    }
    return checked(changed);
  }

  /**
   * The fields with one more at their end.
   *
   * @param field as JSON, like those in {@code asset_kind.fields}
   * @throws KindProblem if it is no such field, or its key is taken
   */
  static String added(String fields, String field) {
    ArrayNode changed = read(fields);
    try {
      changed.add(JSON.readTree(field));
    } catch (JsonProcessingException e) {
      throw KindFields.noJson(e);
    }
    return checked(changed);
  }

  private static void flag(ObjectNode field, String name, boolean isSet) {
    if (isSet) {
      field.put(name, true);
    } else {
      field.remove(name);
    }
  }

  private static String checked(ArrayNode fields) {
    String text = fields.toString();
    KindFields.parse(text);
    return text;
  }

  private static ArrayNode read(String fields) {
    try {
      return (ArrayNode) JSON.readTree(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL keeps only JSON in a jsonb.", e);
    }
  }
}
