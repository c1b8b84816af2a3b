package io.floodmark.ingest.broker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** How connections and sessions end. Guarded by the broker's lock. */
final class Endings {
  private final Sessions sessions;
  private final Router router;
  private final Journal journal;
  private final Wills wills;
  private final BrokerCounters counters;
  private final InstantSource clock;

  /** Whether there is an account; nobody has said so yet. */
  private Predicate<String> accounts = account -> true;

  Endings(
      Sessions sessions,
      Router router,
      Journal journal,
      Wills wills,
      BrokerCounters counters,
      InstantSource clock) {
    this.sessions = sessions;
    this.router = router;
    this.journal = journal;
    this.wills = wills;
    this.counters = counters;
    this.clock = clock;
  }

  /** The connection is over; its session may be, too. */
  void detach(BrokerConnection connection, Optional<Will> will) {
    Session session = connection.session();
    leave(connection, will);
    if (!session.isDurable()) {
      end(session);
      return;
    }
    journal.session(session);
    router.left(session);
    left(session);
  }

  /** Nobody is connected to it; where its account then has too many such sessions, some end. */
  void left(Session session) {
    for (Session tooMany : sessions.left(session, session.leftAt().orElseThrow())) {
      end(tooMany);
      counters.countSessionDisplaced();
    }
  }

  /** Another connection is there for the session, which is not left by that. */
  void takeOver(BrokerConnection older) {
    leave(older, older.will());
    if (!older.session().isDurable()) {
      end(older.session());
    }
    older.outlet().end(Outlet.Ending.SESSION_TAKEN_OVER);
  }

  /** The session is no more. */
  void end(Session session) {
    wills.sayAtEnd(session);
    sessions.remove(session);
    router.forget(session);
    if (session.isDurable()) {
      journal.ended(session.id());
    }
  }

  /** Ends those that nobody came back to in time. */
  void endOverdue() {
    Instant now = clock.instant();
    for (Optional<Session> due = sessions.due(now); due.isPresent(); due = sessions.due(now)) {
      end(due.get());
      counters.countSessionExpired();
    }
  }

  /** Ends all of an account, and their connections. */
  void endAccount(String account) {
    for (Session session : sessions.of(account)) {
      session.connection().ifPresent(this::endForAccount);
      sessions.find(session.client()).ifPresent(this::end);
    }
  }

  /** We end the connection; its client may have meant to say its will. */
  private void endForAccount(BrokerConnection connection) {
    detach(connection, connection.will());
    connection.outlet().end(Outlet.Ending.ACCOUNT_ENDED);
  }

  /** Ends those of all accounts that do not {@code exist}. */
  void keepAccounts(Predicate<String> exist) {
    accounts = exist;
    endGoneAccounts();
  }

  /** The same once more, for others are there now. */
  void endGoneAccounts() {
    sessions.accounts().stream().filter(accounts.negate()).forEach(this::endAccount);
  }

  /**
   * Another process has taken these sessions. What is in our memory of them counts no more, and
   * whoever is connected is told.
   *
   * @return how many there still were
   */
  int lose(Set<Long> ids) {
    int lost = 0;
    for (long id : ids) {
      Optional<Session> found = sessions.find(id);
      found.ifPresent(this::lose);
      lost += found.isPresent() ? 1 : 0;
    }
    return lost;
  }

  private void lose(Session session) {
    session
        .connection()
        .ifPresent(
            there -> {
              leave(there, there.will());
              there.outlet().end(Outlet.Ending.SESSION_TAKEN_OVER);
            });
    sessions.remove(session);
    router.drop(session);
  }

  private void leave(BrokerConnection connection, Optional<Will> will) {
    Session session = connection.session();
    Instant now = clock.instant();
    connection.deactivate();
    session.detach(now);
    will.ifPresent(said -> wills.lost(session, said, now));
  }
}
