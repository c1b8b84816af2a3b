package io.floodmark.api.alerts;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What people and the system did about an alert. Names and reasons are for staff.
 *
 * @param zone whose alert it is; empty for one of a sensor or a gateway
 * @param gateway whose alert it is; for staff
 * @param parentId the alert that it stands under
 * @param acknowledgedAt when staff saw it at this level
 * @param acknowledgedBy who did
 * @param shelvedUntil end of its shelf
 * @param shelvedLevel at which it was put there, 1 to 4
 * @param shelvedBy who put it there
 * @param shelfReason why
 * @param suppressed {@code maintenance}, {@code gateway} or {@code retired}, where the system keeps
 *     it back, or kept it back when it ended
 * @param assignedName to whom it was handed over
 * @param closedAt when staff were done with it
 * @param closedBy who was
 * @param closingRemark their last words
 */
public record AlertHandling(
    Optional<String> zone,
    Optional<String> gateway,
    Optional<Long> parentId,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<Instant> shelvedUntil,
    OptionalInt shelvedLevel,
    Optional<String> shelvedBy,
    Optional<String> shelfReason,
    Optional<String> suppressed,
    Optional<String> assignedName,
    Optional<Instant> closedAt,
    Optional<String> closedBy,
    Optional<String> closingRemark) {
  /** Nobody did anything. */
  public static final AlertHandling NONE =
      new AlertHandling(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
