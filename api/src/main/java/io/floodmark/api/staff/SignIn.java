package io.floodmark.api.staff;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.access.GuessLimit.Kind;
import io.floodmark.api.access.SecretToken;
import io.floodmark.api.routes.Visit;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Judges a login and a password. A wrong login and a wrong password are answered alike and in the
 * same time. Each try is counted as wrong before its hash is computed and forgiven when it was
 * right, so that many tries at once gain nothing.
 */
final class SignIn {
  private static final int HASH_CHARS = 24;

  private final StaffParts parts;

  SignIn(StaffParts parts) {
    this.parts = parts;
  }

  /** What a try comes to. */
  sealed interface Outcome permits Signed, Wrong, Wait {}

  /** They are in. */
  record Signed(SecretToken cookie, SecretToken csrf, boolean mustChange) implements Outcome {}

  /** Login or password is wrong, or the account is disabled; which, is not said. */
  record Wrong() implements Outcome {}

  /**
   * Too many tries; this one was not looked at.
   *
   * @param time until the next makes sense
   */
  record Wait(Duration time) implements Outcome {}

  private record Account(int id, String login, String name, String hash, boolean mustChange) {}

  private record Start(Optional<Duration> pause, Optional<Account> account) {}

  Future<Outcome> attempt(Visit visit, String typedLogin, String password) {
    String login = typedLogin.strip().toLowerCase(Locale.ROOT);
    return parts
        .database()
        .read(connection -> begin(connection, visit.address(), login))
        .compose(
            start ->
                start.pause().isPresent()
                    ? Future.succeededFuture(new Wait(start.pause().get()))
                    : judge(visit, login, password, start.account()));
  }

  private Start begin(Connection connection, String address, String login) throws SQLException {
    Instant now = parts.clock().instant();
    Optional<Duration> byAddress =
        GuessLimit.check(connection, Kind.SIGN_IN_BY_ADDRESS, address, now);
    Optional<Duration> byLogin =
        GuessLimit.check(connection, Kind.SIGN_IN_BY_LOGIN, whoOf(login), now);
    if (byAddress.isPresent() || byLogin.isPresent()) {
      Duration first = byAddress.orElse(Duration.ZERO);
      Duration second = byLogin.orElse(Duration.ZERO);
      return new Start(Optional.of(first.compareTo(second) > 0 ? first : second), Optional.empty());
    }
    GuessLimit.fail(connection, Kind.SIGN_IN_BY_ADDRESS, address, now);
    GuessLimit.fail(connection, Kind.SIGN_IN_BY_LOGIN, whoOf(login), now);
    return new Start(Optional.empty(), account(connection, login));
  }

  private Future<Outcome> judge(
      Visit visit, String login, String password, Optional<Account> account) {
    return parts
        .passwords()
        .matches(password, account.map(Account::hash))
        .compose(
            isRight -> {
              if (!isRight) {
                return Future.succeededFuture(new Wrong());
              }
              Account known = account.orElseThrow();
              Future<Optional<String>> newHash =
                  parts.passwords().isOutdated(known.hash())
                      ? parts.passwords().hash(password).map(Optional::of)
                      : Future.succeededFuture(Optional.empty());
              return newHash.compose(
                  hash ->
                      parts
                          .database()
                          .transaction(connection -> open(connection, visit, login, known, hash)));
            });
  }

  private Outcome open(
      Connection connection, Visit visit, String login, Account account, Optional<String> newHash)
      throws SQLException {
    Instant now = parts.clock().instant();
    SessionStore.Secrets secrets =
        new SessionStore.Secrets(
            SecretToken.draw(parts.random()), SecretToken.draw(parts.random()));
    GuessLimit.clear(connection, Kind.SIGN_IN_BY_ADDRESS, visit.address());
    GuessLimit.clear(connection, Kind.SIGN_IN_BY_LOGIN, whoOf(login));
    Optional<Account> still = account(connection, login);
    String device = Optional.ofNullable(visit.request().getHeader("User-Agent")).orElse("");
    if (!still.equals(Optional.of(account))
        || !SessionStore.open(connection, account.id(), secrets, visit.address(), device, now)) {
      return new Wrong();
    }
    // Whoever signs in again leaves no older session of this browser behind.
    if (visit.caller().session().isPresent()) {
      SessionStore.end(
          connection,
          visit.caller().staffId().orElseThrow(),
          visit.caller().session().get().id(),
          now);
    }
    if (newHash.isPresent()) {
      raiseCost(connection, account.id(), newHash.get());
    }
    SessionStore.forget(connection, now);
    AuditLog.add(
        connection,
        now,
        caller(account),
        "session.start",
        "staff:" + account.login(),
        Optional.of(visit.address()),
        Map.of("device", Device.of(device)));
    return new Signed(secrets.cookie(), secrets.csrf(), account.mustChange());
  }

  private static Caller caller(Account account) {
    return new Caller(
        OptionalInt.of(account.id()),
        account.login(),
        account.name(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        account.mustChange());
  }

  private static void raiseCost(Connection connection, int id, String hash) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE staff SET password_hash = ? WHERE id = ?")) {
      update.setString(1, hash);
      update.setInt(2, id);
      update.executeUpdate();
    }
  }

  private static Optional<Account> account(Connection connection, String login)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT id, login, name, password_hash, must_change
            FROM staff WHERE login = ? AND disabled_at IS NULL FOR SHARE
            """)) {
      // PostgreSQL takes no zero byte in a text, and no login has one.
      query.setString(1, login.replace('\0', ' '));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Account(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5)))
            : Optional.empty();
      }
    }
  }

  /** Not the login itself: people type passwords into the wrong field, and this is stored. */
  static String whoOf(String login) {
    return HexFormat.of().formatHex(SecretToken.sha256(login)).substring(0, HASH_CHARS);
  }
}
