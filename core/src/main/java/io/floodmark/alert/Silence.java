package io.floodmark.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who has fallen silent. Pure.
 *
 * <p>A sensor is overdue three report intervals after its last sign of life, five minutes at least;
 * or a minute after its will, if it said nothing since. Both count from when we began to listen, if
 * that is later: that we were away, or the database was, is no silence of theirs.
 *
 * <p>Where several sensors share a gateway, one that is overdue waits until another one behind it
 * has been heard lately, which says that the gateway works, or until all of them are overdue: then
 * it is the gateway's silence. It waits no longer than the slowest of them needs to be overdue.
 */
public final class Silence {
  private static final int INTERVALS = 3;
  private static final Duration AT_LEAST = Duration.ofMinutes(5);
  private static final Duration AFTER_WILL = Duration.ofMinutes(1);

  private Silence() {}

  /**
   * A sensor, as silence sees it.
   *
   * @param sensorId the database's key
   * @param heardAt arrival of the last reading that was no backfill
   * @param interval expected time between two readings
   * @param willAt when its will last said offline, if that is its last word
   * @param silent whether it is called silent already
   */
  public record Member(
      int sensorId, Instant heardAt, Duration interval, Optional<Instant> willAt, boolean silent) {
    /** When it is overdue, for somebody who listens since {@code listeningSince}. */
    Instant overdueAt(Instant listeningSince) {
      Instant byIntervals = later(heardAt, listeningSince).plus(after(interval));
      if (willAt.isEmpty() || heardAt.isAfter(willAt.get())) {
        return byIntervals;
      }
      Instant byWill = later(willAt.get(), listeningSince).plus(AFTER_WILL);
      return byWill.isBefore(byIntervals) ? byWill : byIntervals;
    }
  }

  /** How long a sensor that reports at such intervals may say nothing. */
  public static Duration after(Duration interval) {
    Duration intervals = interval.multipliedBy(INTERVALS);
    return intervals.compareTo(AT_LEAST) > 0 ? intervals : AT_LEAST;
  }

  /**
   * Which sensors fall silent now.
   *
   * @param together all sensors behind one gateway that report at all; or one alone
   * @param listeningSince since when a sign of life would have been heard
   */
  public static List<Integer> fallen(List<Member> together, Instant listeningSince, Instant now) {
    List<Integer> overdue = new ArrayList<>();
    boolean heardLately = together.size() == 1;
    boolean allOverdue = true;
    for (Member member : together) {
      boolean isOverdue = !now.isBefore(member.overdueAt(listeningSince));
      allOverdue &= isOverdue;
      if (isOverdue && !member.silent()) {
        overdue.add(member.sensorId());
      }
      heardLately |= !isOverdue && !now.isAfter(member.heardAt().plus(lately(member)));
    }
    return heardLately || allOverdue ? overdue : List.of();
  }

  private static Duration lately(Member member) {
    return member.interval().plus(member.interval().dividedBy(2));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
