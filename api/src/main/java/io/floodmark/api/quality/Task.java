package io.floodmark.api.quality;

import java.util.List;
import java.util.Optional;

/**
 * An asset that does not hold up, and why.
 *
 * @param assetId to open it by
 * @param ref the ward's number
 * @param address name, or number and street; may be empty
 * @param missing keys of fields that its kind requires
 * @param invalid keys of fields whose value is impossible
 * @param isTwin whether another record looks like the same thing
 * @param isUnchecked whether nobody checked it on site for long
 * @param isStale whether nothing was noted of it for long
 */
public record Task(
    long assetId,
    Optional<String> ref,
    String address,
    List<String> missing,
    List<String> invalid,
    boolean isTwin,
    boolean isUnchecked,
    boolean isStale) {
  /** Copies the lists. */
  public Task {
    missing = List.copyOf(missing);
    invalid = List.copyOf(invalid);
  }
}
