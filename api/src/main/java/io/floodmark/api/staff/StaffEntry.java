package io.floodmark.api.staff;

import io.floodmark.staff.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an administrator decides about an account.
 *
 * @param login small letters, digits, dots, dashes; 2 to 32 signs
 * @param name of the person, 1 to 100 signs
 * @param role what they may do
 * @param seesHouseholds whether household data is open to them
 * @param groups ids of the residential groups that they are limited to; empty is the whole ward
 */
public record StaffEntry(
    String login, String name, Role role, boolean seesHouseholds, Set<Integer> groups) {
  private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,31}");
  private static final int NAME_MAX = 100;

  /** Copies the set. */
  public StaffEntry {
    groups = Set.copyOf(groups);
  }

  /**
   * An entry from what somebody typed.
   *
   * @throws StaffRefusal naming every field at fault
   */
  public static StaffEntry of(
      Optional<String> login,
      Optional<String> name,
      Optional<String> role,
      boolean seesHouseholds,
      Set<Integer> groups) {
    Map<String, String> problems = new LinkedHashMap<>();
    if (login.filter(text -> LOGIN.matcher(text).matches()).isEmpty()) {
      problems.put("login", "people.login.bad");
    }
    if (name.filter(text -> text.length() <= NAME_MAX).isEmpty()) {
      problems.put("name", "people.name.bad");
    }
    Optional<Role> known = role.flatMap(Role::find);
    if (known.isEmpty()) {
      problems.put("role", "people.role.bad");
    } else if (known.get() == Role.ADMIN && !groups.isEmpty()) {
      // Who manages accounts could lift the limit at once: it would only look like one.
      problems.put("groups", "people.groups.admin");
    }
    if (!problems.isEmpty()) {
      throw new StaffRefusal(problems);
    }
    return new StaffEntry(
        login.orElseThrow(), name.orElseThrow(), known.orElseThrow(), seesHouseholds, groups);
  }
}
