package io.floodmark.api.staff;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.routes.Visit;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What administrators do with accounts, whether by a page or by a program. */
final class People {
  private final StaffParts parts;

  People(StaffParts parts) {
    this.parts = parts;
  }

  /** An account that was made, or given a password, and that password: shown once. */
  record Handed(StaffMember member, String password) {}

  /** One thing done to one account, in a transaction. */
  @FunctionalInterface
  interface Change {
    void make(Connection connection, StaffMember member, Instant now) throws SQLException;
  }

  /** Makes an account; {@code entry} may refuse. */
  Future<Handed> add(Visit visit, Supplier<StaffEntry> typed) {
    StaffEntry entry;
    try {
      entry = typed.get();
    } catch (StaffRefusal refusal) {
      return Future.failedFuture(refusal);
    }
    String password = Passwords.temporary(parts.random());
    return parts
        .passwords()
        .hash(password)
        .compose(
            hash ->
                parts
                    .database()
                    .transaction(
                        connection -> {
                          int id =
                              StaffStore.add(
                                  connection, entry, hash, true, parts.clock().instant());
                          parts.audit(
                              connection,
                              visit,
                              "staff.add",
                              "staff:" + entry.login(),
                              Map.of("role", entry.role().key()));
                          return new Handed(member(connection, id), password);
                        }));
  }

  /** Gives an account a password that its owner has to change, and ends its sessions. */
  Future<Handed> resetPassword(Visit visit, long id) {
    String password = Passwords.temporary(parts.random());
    return parts
        .passwords()
        .hash(password)
        .compose(
            hash ->
                change(
                    visit,
                    id,
                    "staff.password",
                    (connection, member, now) -> {
                      StaffStore.setPassword(connection, member.id(), hash, true, now);
                      SessionStore.endAll(connection, member.id(), now);
                    }))
        .map(member -> new Handed(member, password));
  }

  /** Changes what an account may do. */
  Future<StaffMember> change(Visit visit, long id, StaffEntry entry) {
    return parts
        .database()
        .transaction(
            connection -> {
              StaffMember before = member(connection, id);
              StaffStore.change(connection, before.id(), entry);
              parts.audit(
                  connection,
                  visit,
                  "staff.change",
                  "staff:" + before.entry().login(),
                  difference(before.entry(), entry));
              return member(connection, id);
            });
  }

  Future<StaffMember> disable(Visit visit, long id) {
    return change(
        visit,
        id,
        "staff.disable",
        (connection, member, now) -> StaffStore.disable(connection, member.id(), now));
  }

  Future<StaffMember> enable(Visit visit, long id) {
    return change(
        visit,
        id,
        "staff.enable",
        (connection, member, now) -> StaffStore.enable(connection, member.id()));
  }

  Future<StaffMember> change(Visit visit, long id, String action, Change change) {
    return parts
        .database()
        .transaction(
            connection -> {
              StaffMember member = member(connection, id);
              change.make(connection, member, parts.clock().instant());
              parts.audit(connection, visit, action, "staff:" + member.entry().login());
              return member(connection, id);
            });
  }

  /** The account of that number. */
  static StaffMember member(Connection connection, long id) throws SQLException {
    if (id <= Integer.MAX_VALUE) {
      var member = StaffStore.find(connection, (int) id);
      if (member.isPresent()) {
        return member.get();
      }
    }
    throw new ProblemException(Problem.notFound("There is no account with this number."));
  }

  /** What changed, without the person's name: only that it did. */
  private static Map<String, String> difference(StaffEntry before, StaffEntry after) {
    Map<String, String> changes = new LinkedHashMap<>();
    if (!before.name().equals(after.name())) {
      changes.put("name", "changed");
    }
    if (before.role() != after.role()) {
      changes.put("role", before.role().key() + " → " + after.role().key());
    }
    if (before.seesHouseholds() != after.seesHouseholds()) {
      changes.put("households", Boolean.toString(after.seesHouseholds()));
    }
    if (!before.groups().equals(after.groups())) {
      changes.put("groups", ids(before.groups()) + " → " + ids(after.groups()));
    }
    return changes;
  }

  private static String ids(Set<Integer> groups) {
    return groups.isEmpty() ? "*" : new TreeSet<>(groups).toString();
  }
}
