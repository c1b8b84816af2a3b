package io.floodmark.api.assets;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of an asset with what stands in it. Immutable.
 *
 * @param action where it is sent
 * @param kind of the asset
 * @param version that was seen; 0 for a new one
 * @param texts what stands in the fields, by key
 * @param problems sentences by key of the field
 * @param groups to choose from
 * @param replacesId the asset in whose place a new one stands; 0 for none
 */
public record AssetForm(
    String action,
    AssetKind kind,
    int version,
    Map<String, String> texts,
    Map<String, String> problems,
    List<AssetGroups.Group> groups,
    long replacesId) {
  /** The fields that all kinds have, as the form groups them. */
  public static final List<String> PLACE = List.of("number", "street", "place");

  /** Copies. */
  public AssetForm {
    texts = Map.copyOf(texts);
    problems = new java.util.LinkedHashMap<>(problems);
    groups = List.copyOf(groups);
  }

  /** What stands in a field. */
  public String text(String key) {
    return texts.getOrDefault(key, "");
  }

  /** Why a field cannot be taken; empty if it can. */
  public String problem(String key) {
    return problems.getOrDefault(key, "");
  }

  /** For {@code aria-describedby}; null leaves the attribute out. */
  public String describedBy(String key) {
    return problems.containsKey(key) ? key + "-error" : null;
  }

  /** For {@code aria-invalid}; null leaves the attribute out. */
  public String invalid(String key) {
    return problems.containsKey(key) ? "true" : null;
  }

  static Map<String, String> sentences(List<FieldProblem> problems, Texts texts) {
    Map<String, String> sentences = new java.util.LinkedHashMap<>();
    problems.forEach(problem -> sentences.putIfAbsent(problem.field(), problem.sentence(texts)));
    return sentences;
  }

  /** What stands in the form of an asset that is to be changed. */
  static Map<String, String> texts(
      AssetContent content, AssetKind kind, AssetGroups groups, Language language) {
    Map<String, String> texts = new HashMap<>();
    content.ref().ifPresent(text -> texts.put("ref", text));
    content.name().ifPresent(text -> texts.put("name", text));
    texts.put("lon", Double.toString(content.lon()));
    texts.put("lat", Double.toString(content.lat()));
    content.number().ifPresent(text -> texts.put("number", text));
    content.street().ifPresent(text -> texts.put("street", text));
    content.place().ifPresent(text -> texts.put("place", text));
    groups.of(content.groupId()).ifPresent(group -> texts.put("group", group.code()));
    texts.put("state", content.state().key());
    for (AssetField field : kind.fields()) {
      content
          .detail(field.key())
          .ifPresent(value -> texts.put(field.key(), field.written(value, language)));
    }
    return texts;
  }

  /** What was typed into the form. */
  static Map<String, String> texts(Form form, AssetKind kind) {
    Map<String, String> texts = new HashMap<>();
    List<String> keys = new ArrayList<>(AssetKind.COMMON);
    kind.fields().forEach(field -> keys.add(field.key()));
    for (String key : keys) {
      form.text(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  static AssetDraft draft(Map<String, String> texts) {
    return new AssetDraft(texts, Optional.empty());
  }
}
