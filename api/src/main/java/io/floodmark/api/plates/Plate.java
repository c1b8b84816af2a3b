package io.floodmark.api.plates;

import io.floodmark.plate.PlateCode;
import io.floodmark.plate.PlateState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A plate as it stands in the database. Immutable.
 *
 * @param assetId what it belongs to; empty for a plate made ahead
 * @param groupId the residential group of that
 * @param assetLabel what people call that; empty for a plate made ahead
 * @param kindName of that, in Vietnamese; empty likewise
 * @param batchId with which it was made
 * @param madeAt when its code was drawn
 * @param mountedAt when it was last mounted
 * @param checkedAt when somebody last stood before it
 * @param replacedBy the plate that took its place
 */
public record Plate(
    PlateCode code,
    PlateState state,
    OptionalLong assetId,
    OptionalInt groupId,
    String assetLabel,
    String kindName,
    OptionalLong batchId,
    Instant madeAt,
    Optional<Instant> mountedAt,
    Optional<Instant> checkedAt,
    Optional<PlateCode> replacedBy) {
  /** Whether it was made ahead and belongs to nothing yet. */
  public boolean isBlank() {
    return assetId.isEmpty();
  }

  /** As it stands in the audit log: by what it hangs on, for codes are secrets of a kind. */
  String subject() {
    return assetId.isPresent()
        ? "asset:" + assetId.getAsLong()
        : batchId.isPresent() ? "plate-batch:" + batchId.getAsLong() : "plate";
  }
}
