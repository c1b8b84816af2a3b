package io.floodmark.api.quality;

import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.http.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows. Immutable.
 *
 * @param rows a line for each kind that has records, and one for the sensors
 * @param kind the kind that is looked at closer
 * @param groups its lines by residential group; empty where none is looked at
 * @param group code of the group whose tasks are listed; empty for all
 * @param aspect which fault is listed; empty for any
 * @param tasks what to fix next
 */
public record QualityView(
    List<Row> rows,
    Optional<AssetKind> kind,
    List<Row> groups,
    Optional<AssetGroups.Group> group,
    Optional<Aspect> aspect,
    List<TaskLine> tasks) {
  /**
   * A line of scores.
   *
   * @param name of the kind or group
   * @param link to look closer, with its query; empty where there is nothing closer
   * @param score the counts
   */
  public record Row(String name, String link, Score score) {}

  /**
   * A task in words.
   *
   * @param task what is at fault
   * @param title what people call the asset
   * @param faults each in a few words
   */
  public record TaskLine(Task task, String title, List<String> faults) {}

  /** The name of a field that all assets have, or that this kind has. */
  static String fieldName(
      AssetKind kind, String key, Language language, Map<String, String> commonNames) {
    return kind.field(key)
        .map(field -> field.name(language))
        .orElseGet(() -> commonNames.getOrDefault(key, key));
  }
}
