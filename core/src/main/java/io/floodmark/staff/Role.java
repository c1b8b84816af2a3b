package io.floodmark.staff;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person is in the ward office's use of the system. */
public enum Role {
  /** Looks, changes nothing. */
  VIEWER(EnumSet.of(Right.SEE_REGISTER, Right.SEE_REPORTS, Right.SEE_ALERTS)),
  /** Keeps the register, prints and mounts plates, handles reports and alerts. */
  OPERATOR(
      EnumSet.of(
          Right.SEE_REGISTER,
          Right.EDIT_REGISTER,
          Right.IMPORT_REGISTER,
          Right.PRINT_PLATES,
          Right.MOUNT_PLATES,
          Right.SEE_REPORTS,
          Right.HANDLE_REPORTS,
          Right.SEE_ALERTS,
          Right.HANDLE_ALERTS)),
  /** All of that, and sensors, accounts, the audit log. Not household data: that is granted. */
  ADMIN(EnumSet.complementOf(EnumSet.of(Right.SEE_HOUSEHOLDS, Right.SUBSCRIBE)));

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, which its type cannot say
  private final Set<Right> rights;

  Role(Set<Right> rights) {
    this.rights = Collections.unmodifiableSet(rights);
  }

  /** What everybody of this role may do. */
  public Set<Right> rights() {
    return rights;
  }

  /** As it stands in the database and on command lines. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that key. */
  public static Optional<Role> find(String key) {
    return Arrays.stream(values()).filter(role -> role.key().equals(key)).findFirst();
  }
}
