package io.floodmark.api.access;

import io.floodmark.staff.Right;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who makes a request. Immutable.
 *
 * @param staffId the person, if it is one
 * @param actor as it is written into histories and the audit log: login, or "token NAME"; empty for
 *     nobody
 * @param name of the person, for the page's own head; empty where there is none
 * @param rights what they may do
 * @param groups ids of the residential groups that they are limited to; empty is the whole ward
 * @param session where they signed in with a browser
 * @param mustChangePassword whether nothing but a new password is open to them
 */
public record Caller(
    OptionalInt staffId,
    String actor,
    String name,
    Set<Right> rights,
    Set<Integer> groups,
    Optional<Session> session,
    boolean mustChangePassword) {
  /** Somebody who has not signed in. */
  public static final Caller NOBODY =
      new Caller(OptionalInt.empty(), "", "", Set.of(), Set.of(), Optional.empty(), false);

  /** Copies the sets. */
  public Caller {
    rights = Set.copyOf(rights);
    groups = Set.copyOf(groups);
  }

  /**
   * A browser's session.
   *
   * @param id to end it by
   * @param csrfToken what a form has to send along; no other site can read it
   */
  public record Session(long id, String csrfToken) {}

  /** Whether anybody at all signed in. */
  public boolean isSomebody() {
    return !actor.isEmpty();
  }

  /** Whether they may do that. */
  public boolean may(Right right) {
    return rights.contains(right);
  }

  /**
   * Whether their scope takes in something of that group; what belongs to no group is for those who
   * see the whole ward.
   */
  public boolean covers(OptionalInt groupId) {
    return groups.isEmpty() || (groupId.isPresent() && groups.contains(groupId.getAsInt()));
  }
}
