package io.floodmark.api.staff;

import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Guard;
import io.floodmark.api.access.GuessLimit;
import io.floodmark.api.access.GuessLimit.Kind;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One's own account: {@code /staff/password} and {@code /staff/sessions}. */
final class OwnAccountRoutes {
  private final StaffParts parts;

  OwnAccountRoutes(StaffParts parts) {
    this.parts = parts;
  }

  void addTo(Routes routes) {
    routes.get("/staff/password", Guard.CHANGING_PASSWORD, visit -> passwordPage(visit, Map.of()));
    routes.form("/staff/password", Guard.CHANGING_PASSWORD, BodyLimit.FIELDS, this::changePassword);
    routes.get("/staff/sessions", Guard.SIGNED_IN, this::sessionsPage);
    routes.form("/staff/sessions/end", Guard.SIGNED_IN, BodyLimit.FIELDS, this::endSessions);
  }

  private void passwordPage(Visit visit, Map<String, String> problems) {
    person(visit);
    parts.showAgain(
        visit,
        problems.isEmpty() ? 200 : 422,
        "staff/password.jte",
        parts.frame(visit, "password.title", ""),
        Map.of("problems", problems));
  }

  private void changePassword(Visit visit, Form form) {
    int id = person(visit);
    String current = form.all("current").stream().findFirst().orElse("");
    String wanted = form.all("new").stream().findFirst().orElse("");
    String again = form.all("again").stream().findFirst().orElse("");
    parts
        .database()
        .read(connection -> storedHash(connection, visit, id))
        .compose(hash -> parts.passwords().matches(current, Optional.of(hash)))
        .compose(
            isRight -> {
              if (!isRight) {
                return Future.failedFuture(new StaffRefusal("current", "password.wrong"));
              }
              judge(visit.caller(), current, wanted, again);
              return parts.passwords().hash(wanted);
            })
        .compose(
            hash -> parts.database().transaction(connection -> store(connection, visit, id, hash)))
        .onSuccess(done -> visit.seeOther("/staff?done=password"))
        .onFailure(
            failure -> {
              if (failure instanceof StaffRefusal refusal) {
                passwordPage(visit, parts.sentences(visit, refusal));
              } else {
                visit.fail(failure);
              }
            });
  }

  private static void judge(Caller caller, String current, String wanted, String again) {
    Passwords.refusal(wanted, caller.actor(), caller.name())
        .ifPresent(
            key -> {
              throw new StaffRefusal("new", key);
            });
    if (wanted.equals(current)) {
      throw new StaffRefusal("new", "password.same");
    }
    if (!wanted.equals(again)) {
      throw new StaffRefusal("again", "password.again.differs");
    }
  }

  /** Guessing goes on where a signed-in browser was left alone: it is counted here, too. */
  private String storedHash(Connection connection, Visit visit, int id) throws SQLException {
    Instant now = parts.clock().instant();
    String who = SignIn.whoOf(visit.caller().actor());
    Optional<Duration> wait = GuessLimit.check(connection, Kind.SIGN_IN_BY_LOGIN, who, now);
    if (wait.isPresent()) {
      int seconds = GuessLimit.retryAfterS(wait.get());
      throw new ProblemException(
          Problem.tooManyRequests(
              "Too many wrong passwords. Try again in " + seconds + " s.", seconds));
    }
    GuessLimit.fail(connection, Kind.SIGN_IN_BY_LOGIN, who, now);
    try (PreparedStatement query =
        connection.prepareStatement("SELECT password_hash FROM staff WHERE id = ?")) {
      query.setInt(1, id);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private Boolean store(Connection connection, Visit visit, int id, String hash)
      throws SQLException {
    Instant now = parts.clock().instant();
    String login = visit.caller().actor();
    GuessLimit.clear(connection, Kind.SIGN_IN_BY_LOGIN, SignIn.whoOf(login));
    StaffStore.setPassword(connection, id, hash, false, now);
    SessionStore.endOthers(connection, id, session(visit), now);
    parts.audit(connection, visit, "password.change", "staff:" + login);
    return true;
  }

  private void sessionsPage(Visit visit) {
    int id = person(visit);
    parts
        .database()
        .read(connection -> SessionStore.active(connection, id, parts.clock().instant()))
        .onSuccess(
            sessions ->
                parts.show(
                    visit,
                    "staff/sessions.jte",
                    parts.frame(visit, "sessions.title", ""),
                    Map.of("sessions", sessions, "current", session(visit), "time", parts.time())))
        .onFailure(visit::fail);
  }

  private void endSessions(Visit visit, Form form) {
    int id = person(visit);
    Optional<Long> one = form.text("id").filter(t -> t.matches("\\d{1,18}")).map(Long::valueOf);
    parts
        .database()
        .transaction(
            connection -> {
              Instant now = parts.clock().instant();
              String subject = "staff:" + visit.caller().actor();
              if (one.isPresent()) {
                parts.audit(connection, visit, "session.end", subject);
                return SessionStore.end(connection, id, one.get(), now);
              }
              parts.audit(connection, visit, "session.endOthers", subject);
              return SessionStore.endOthers(connection, id, session(visit), now) > 0;
            })
        .onSuccess(done -> visit.seeOther("/staff/sessions?done=sessionsEnded"))
        .onFailure(visit::fail);
  }

  private static long session(Visit visit) {
    return visit.caller().session().map(Caller.Session::id).orElse(0L);
  }

  /** API tokens have neither password nor sessions. */
  private static int person(Visit visit) {
    return visit
        .caller()
        .staffId()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.forbidden("This is for people who signed in, not for API tokens.")));
  }
}
