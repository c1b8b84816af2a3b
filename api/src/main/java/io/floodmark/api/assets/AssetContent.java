package io.floodmark.api.assets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What people write about an asset, once it has passed {@link AssetCheck}. Immutable; all text in
 * Unicode's NFC, without white space around it and never empty.
 *
 * @param kind code of its kind
 * @param ref the ward's own number, unique in its kind
 * @param name of it, where it has one
 * @param lon longitude in WGS 84, -180 to 180
 * @param lat latitude, -90 to 90
 * @param number of the house
 * @param street that it stands in
 * @param place in other words, where there is no number
 * @param groupId residential group
 * @param state in its life
 * @param details by key of its kind's fields, in their order
 * @param replacesId the asset in whose place it stands
 * @param source where it is known from, as the name of a list
 */
public record AssetContent(
    String kind,
    Optional<String> ref,
    Optional<String> name,
    double lon,
    double lat,
    Optional<String> number,
    Optional<String> street,
    Optional<String> place,
    OptionalInt groupId,
    AssetState state,
    Map<String, AssetValue> details,
    OptionalLong replacesId,
    Optional<String> source) {
  /** Copies the details. */
  public AssetContent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
      throw new IllegalArgumentException("No position: " + lon + ", " + lat + ".");
    }
  }

  /** The value of a field of its kind. */
  public Optional<AssetValue> detail(String key) {
    return Optional.ofNullable(details.get(key));
  }

  /** The same in another state. */
  AssetContent in(AssetState other) {
    return changed(other, replacesId, source);
  }

  /** The same, known from {@code list}. */
  public AssetContent from(String list) {
    return changed(state, replacesId, Optional.of(list));
  }

  /** The same, in the place of another asset. */
  AssetContent replacing(long id) {
    return changed(state, OptionalLong.of(id), source);
  }

  private AssetContent changed(
      AssetState newState, OptionalLong newReplacesId, Optional<String> newSource) {
    return new AssetContent(
        kind,
        ref,
        name,
        lon,
        lat,
        number,
        street,
        place,
        groupId,
        newState,
        details,
        newReplacesId,
        newSource);
  }
}
