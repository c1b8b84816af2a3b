package io.floodmark.ingest.commit;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits messages each on its own where a batch of them has failed though the database is there:
 * what is refused as data is rejected, what fails by a bug is kept, unacknowledged, and tried again
 * now and then. Confined to the commit thread.
 */
final class OneByOne {
  private static final Logger log = LoggerFactory.getLogger(OneByOne.class);

  private static final Duration STUCK_RETRY = Duration.ofSeconds(10);

  /** So many failures with no success say that it is not the messages. */
  private static final int FAILURES_TO_GIVE_UP = 3;

  /** So often nothing is stuck for it; with the pauses between them, some ten seconds. */
  private static final int GIVE_UPS_IN_ORDER = 10;

  private final ReadingStore store;
  private final Ledger ledger;
  private final InstantSource clock;
  private final RepeatedWarning away;
  private final Consumer<List<Pending>> settle;

  /** How often in a row the first few failed. */
  private int gaveUp;

  /** Failed alone, by a bug. */
  private List<Pending> stuck = new ArrayList<>();

  private Instant retryStuckAt = Instant.MIN;

  /**
   * Keeps nothing yet.
   *
   * @param away told where it is the database after all
   * @param settle takes what is committed
   */
  OneByOne(
      ReadingStore store,
      Ledger ledger,
      InstantSource clock,
      RepeatedWarning away,
      Consumer<List<Pending>> settle) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
    this.away = away;
    this.settle = settle;
  }

  /** Whether anything is kept that failed by a bug. */
  boolean keepsAny() {
    return !stuck.isEmpty();
  }

  /**
   * Commits each on its own; returns those that had no try, or found the database away. Where the
   * first few all fail, they are returned too, so that nothing newer overtakes them; but not for
   * ever, for it may be they that fail.
   */
  List<Pending> commit(List<Pending> parts) {
    Map<Pending, Exception> failed = new LinkedHashMap<>();
    List<Pending> left = List.of();
    boolean oneSucceeded = false;
    for (int i = 0; i < parts.size() && left.isEmpty(); i++) {
      try {
        commitOrRefuse(parts.get(i));
        oneSucceeded = true;
        gaveUp = 0;
      } catch (SQLException | RuntimeException e) {
        ledger.close();
        if (SqlFailure.isPassing(e) && !SqlFailure.isSelfInflicted(e, ledger)) {
          away.happened(e);
          left = parts.subList(i, parts.size());
        } else {
          failed.put(parts.get(i), e);
          if (!oneSucceeded && failed.size() == FAILURES_TO_GIVE_UP) {
            away.happened(e);
            if (++gaveUp <= GIVE_UPS_IN_ORDER) {
              return parts;
            }
            left = parts.subList(i + 1, parts.size());
          }
        }
      }
    }
    failed.forEach(this::stick);
    return left;
  }

  private void commitOrRefuse(Pending part) throws SQLException {
    try {
      commit(part);
    } catch (RefusedReading e) {
      log.warn("The database refuses a reading of sensor {}.", part.sensorId(), e);
      commit(part.refused("The database refuses it: " + e.getMessage()));
    }
  }

  private void commit(Pending part) throws SQLException {
    store.commit(List.of(part));
    settle.accept(List.of(part));
  }

  private void stick(Pending part, Exception failure) {
    log.error(
        "A message of sensor {} to {} cannot be committed; it is kept unacknowledged. This is a"
            + " bug: report it with what follows.",
        part.sensorId(),
        part.submission().topic(),
        failure);
    part.overtake();
    stuck.add(part);
    retryStuckAt = clock.instant().plus(STUCK_RETRY);
  }

  /** Gives what is kept another chance. */
  void retry() {
    List<Pending> again = stuck;
    stuck = new ArrayList<>();
    retryStuckAt = clock.instant().plus(STUCK_RETRY);
    stuck.addAll(commit(again));
  }

  /**
   * Whether it is time for that; also once the clock was set back, for nothing waits longer because
   * of it.
   */
  boolean isTimeToRetry() {
    if (stuck.isEmpty()) {
      return false;
    }
    Duration left = Duration.between(clock.instant(), retryStuckAt);
    return left.isNegative() || left.isZero() || left.compareTo(STUCK_RETRY) > 0;
  }
}
