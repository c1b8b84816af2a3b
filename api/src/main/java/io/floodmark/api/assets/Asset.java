package io.floodmark.api.assets;

import io.floodmark.api.http.Language;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An asset as it stands in the register. Immutable.
 *
 * @param id ours; never shown to the public
 * @param content what people wrote about it
 * @param mergedInto the asset that this one was found to be the same as
 * @param verifiedAt when somebody last confirmed it on site
 * @param verifiedBy the person
 * @param madeUp whether it belongs to the demo
 * @param version counts its changes, from 1
 * @param createdAt when it came into the register
 * @param updatedAt when it last changed
 */
public record Asset(
    long id,
    AssetContent content,
    OptionalLong mergedInto,
    Optional<Instant> verifiedAt,
    OptionalInt verifiedBy,
    boolean madeUp,
    int version,
    Instant createdAt,
    Instant updatedAt) {
  /** Code of its kind. */
  public String kind() {
    return content.kind();
  }

  /** Its residential group. */
  public OptionalInt groupId() {
    return content.groupId();
  }

  /** Number and street, or place; empty where there is none of them. */
  public String address() {
    String street =
        Stream.of(content.number(), content.street())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return street.isEmpty() ? content.place().orElse("") : street;
  }

  /**
   * What staff call it: name, species or address, in this order; its kind where nothing else is.
   */
  public String title(AssetKind kind, Language language) {
    return content
        .name()
        .or(() -> content.detail("commonName").map(AssetValue::plain))
        .or(() -> content.detail("species").map(AssetValue::plain))
        .or(() -> Optional.of(address()).filter(text -> !text.isEmpty()))
        .or(content::ref)
        .orElseGet(() -> kind.name(language));
  }
}
