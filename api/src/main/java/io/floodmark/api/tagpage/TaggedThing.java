package io.floodmark.api.tagpage;

import io.floodmark.api.http.Language;
import io.floodmark.api.sensors.SensorView;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in public about a tagged thing. Nothing else of it leaves the database: no person, no
 * internal field, nothing of who lives there.
 *
 * @param kind {@code tree}, {@code house} or another of the ward's
 * @param kindName what the kind is called
 * @param state {@code planned}, {@code in_use} or {@code removed}
 * @param name of its own; none of a house, where it may be a person's, as the following
 * @param place where it stands, in words
 * @param group name of its residential group
 * @param fields the public fields that are filled, in the order of the kind
 * @param lastInspection when it was last inspected
 * @param lastCare what was last done for it otherwise
 * @param sensor the nearest that measures water
 * @param otherSensor the next one that knows its water, where the nearest does not
 */
record TaggedThing(
    String kind,
    Map<Language, String> kindName,
    String state,
    boolean madeUp,
    Optional<String> ref,
    Optional<String> name,
    Optional<String> number,
    Optional<String> street,
    Optional<String> place,
    Optional<String> group,
    List<Field> fields,
    Optional<LocalDate> lastInspection,
    Optional<Care> lastCare,
    Optional<NearSensor> sensor,
    Optional<NearSensor> otherSensor) {

  /** Copies the collections. */
  TaggedThing {
    kindName = Map.copyOf(kindName);
    fields = List.copyOf(fields);
  }

  /**
   * A public field with its value.
   *
   * @param type {@code text}, {@code integer}, {@code length}, {@code year}, {@code date}, {@code
   *     choice} or {@code yesno}
   * @param unit of a length: {@code cm} or {@code m}
   * @param label what the field is called
   * @param value as stored; a length in millimetres
   * @param option what a choice is called
   */
  record Field(
      String key,
      String type,
      String unit,
      Map<Language, String> label,
      String value,
      Map<Language, String> option) {}

  /** Something done for it, by kind of care record and day; never by whom. */
  record Care(String kind, LocalDate on) {}

  /**
   * A sensor nearby.
   *
   * @param distanceM from the thing, in metres
   */
  record NearSensor(SensorView view, double distanceM) {}

  /** The field of that key, if it is public and filled. */
  Optional<Field> field(String key) {
    return fields.stream().filter(field -> field.key().equals(key)).findFirst();
  }
}
