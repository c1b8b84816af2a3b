package io.floodmark.api.staff;

import io.floodmark.api.access.Argon2id;
import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.staff.Role;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What whoever sits at the machine itself does with accounts: commands, and the first start. Works
 * in the caller's transaction, on the caller's thread, which waits for the hash.
 */
public final class StaffDesk {
  private static final Caller COMMAND_LINE =
      new Caller(
          OptionalInt.empty(), "command line", "", Set.of(), Set.of(), Optional.empty(), false);

  private final SecureRandom random;
  private final InstantSource clock;
  private final Argon2id hasher;

  /** Draws passwords from {@code random}. */
  public StaffDesk(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
    this.hasher = new Argon2id(random, Argon2id.OWASP);
  }

  /** A refusal in English, with all its reasons. */
  public static String sentence(StaffRefusal refusal) {
    Texts texts = Texts.load(Language.EN, "staff");
    return refusal.problems().values().stream()
        .map(key -> texts.of(key))
        .collect(Collectors.joining("\n"));
  }

  /**
   * Makes an account.
   *
   * @param groupCodes residential groups that it is limited to; none is the whole ward
   * @return its first password
   * @throws StaffRefusal if it cannot be made
   */
  public String add(
      Connection connection,
      String login,
      String name,
      String role,
      boolean seesHouseholds,
      List<String> groupCodes)
      throws SQLException {
    Set<Integer> groups = new HashSet<>();
    for (String code : groupCodes) {
      groups.add(
          StaffStore.findGroup(connection, code)
              .orElseThrow(() -> new StaffRefusal("groups", "people.groups.bad")));
    }
    StaffEntry entry =
        StaffEntry.of(
            Optional.of(login),
            Optional.of(name.strip()).filter(text -> !text.isEmpty()),
            Optional.of(role),
            seesHouseholds,
            groups);
    return add(connection, entry, true);
  }

  /** Gives an account a new first password and ends its sessions; empty if there is none. */
  public Optional<String> resetPassword(Connection connection, String login) throws SQLException {
    Optional<StaffMember> member = StaffStore.find(connection, login);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(renewPassword(connection, member.get(), true));
  }

  /** Makes an administrator if there is no account at all; then its first password. */
  public Optional<String> makeFirstAdmin(Connection connection, String login) throws SQLException {
    lock(connection);
    if (!StaffStore.list(connection).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(add(connection, firstAdmin(login), true));
  }

  /** Makes the administrator of a demo, or opens the one that is there, under a new password. */
  public String openDemo(Connection connection, String login) throws SQLException {
    lock(connection);
    Optional<StaffMember> member = StaffStore.find(connection, login);
    if (member.isEmpty()) {
      return add(connection, firstAdmin(login), false);
    }
    StaffStore.enable(connection, member.get().id());
    StaffStore.change(connection, member.get().id(), firstAdmin(login));
    return renewPassword(connection, member.get(), false);
  }

  private static StaffEntry firstAdmin(String login) {
    return new StaffEntry(login, "Quản trị viên", Role.ADMIN, false, Set.of());
  }

  /** Of two processes that start at once, the second sees what the first has made. */
  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE staff IN SHARE ROW EXCLUSIVE MODE");
    }
  }

  private String add(Connection connection, StaffEntry entry, boolean mustChange)
      throws SQLException {
    String password = Passwords.temporary(random);
    StaffStore.add(connection, entry, hasher.hash(password), mustChange, clock.instant());
    audit(connection, "staff.add", entry.login(), Map.of("role", entry.role().key()));
    return password;
  }

  private String renewPassword(Connection connection, StaffMember member, boolean mustChange)
      throws SQLException {
    Instant now = clock.instant();
    String password = Passwords.temporary(random);
    StaffStore.setPassword(connection, member.id(), hasher.hash(password), mustChange, now);
    SessionStore.endAll(connection, member.id(), now);
    audit(connection, "staff.password", member.entry().login(), Map.of());
    return password;
  }

  private void audit(Connection connection, String action, String login, Map<String, String> detail)
      throws SQLException {
    AuditLog.add(
        connection,
        clock.instant(),
        COMMAND_LINE,
        action,
        "staff:" + login,
        Optional.empty(),
        detail);
  }
}
