package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The wills of clients that are gone (§3.1.2.5). Guarded by the broker's lock. */
final class Wills {
  /** A will that waits for its client to come back. */
  record Delayed(Session session, Will will) {}

  private final BrokerCounters counters;
  private final Consumer<Runnable> afterwards;
  private final Deadlines<Delayed> delayed = new Deadlines<>();
  private boolean stopping;

  /**
   * None yet.
   *
   * @param afterwards runs what it is given once the lock is free
   */
  Wills(BrokerCounters counters, Consumer<Runnable> afterwards) {
    this.counters = counters;
    this.afterwards = afterwards;
  }

  /** The client has vanished. */
  void lost(Session session, Will will, Instant now) {
    if (will.delaySeconds() == 0) {
      say(will);
    } else {
      session.setWill(
          Optional.of(
              delayed.add(now.plusSeconds(will.delaySeconds()), new Delayed(session, will))));
    }
  }

  /** The client is back before its time (§3.1.3.2.2). */
  void cancel(Session session) {
    session.will().ifPresent(delayed::remove);
    session.setWill(Optional.empty());
  }

  /** The session ends, and no will waits longer than that (§3.1.3.2.2). */
  void sayAtEnd(Session session) {
    session.will().filter(delayed::remove).ifPresent(due -> say(due.what().will()));
    session.setWill(Optional.empty());
  }

  void sayDue(Instant now) {
    for (Optional<Delayed> due = delayed.due(now); due.isPresent(); due = delayed.due(now)) {
      due.get().session().setWill(Optional.empty());
      say(due.get().will());
    }
  }

  /** From now on none is said. */
  void stop() {
    stopping = true;
  }

  private void say(Will will) {
    if (!stopping) {
      counters.countWill();
      afterwards.accept(will.publish());
    }
  }
}
