package io.floodmark.api.staff;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An account as it stands.
 *
 * @param id its number
 * @param entry what was decided about it
 * @param groupNames of the groups that it is limited to
 * @param mustChange whether its password was handed out and not changed yet
 * @param createdAt when it was made
 * @param disabledAt since when nobody can sign in with it
 * @param seenAt when somebody last did something with it
 */
public record StaffMember(
    int id,
    StaffEntry entry,
    List<String> groupNames,
    boolean mustChange,
    Instant createdAt,
    Optional<Instant> disabledAt,
    Optional<Instant> seenAt) {
  /** Copies the list. */
  public StaffMember {
    groupNames = List.copyOf(groupNames);
  }

  /** Whether one can sign in with it. */
  public boolean isActive() {
    return disabledAt.isEmpty();
  }
}
