package io.floodmark.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The flood alert of one sensor between two samples. Pure and immutable: {@link #next} and {@link
 * #tick} return what it becomes.
 *
 * <p>An alert rises to the highest level that the last two good samples both meet; where rain, a
 * neighbour or residents agree, that one does, but for the half hour after an all-clear. Each level
 * keeps the time it was last met less its deadband; once the clear delay has passed since then the
 * level has expired, and the alert drops to the highest level that has not. A level that the last
 * good sample still meets never expires: silence is no all-clear. Nor does the lowest level end
 * while it still rains, for at most two hours: nobody is to be told twice of one evening's water.
 *
 * <p>Time is the sensor's: the event time of its last sample, plus what has passed on the server's
 * clock since that sample arrived. So a device whose clock is slow does not clear early.
 *
 * @param level the alert's level, 0 (none) to 4
 * @param lastMeets level that the last good sample meets, 0 to 4
 * @param lastHolds level that the last good sample keeps from expiring, 0 to 4
 * @param lastHeldAt per level 1 to 4, event time of the last sample that held it while the alert
 *     stood there; of level 1, while there is no alert, when the last one ended; {@link
 *     Instant#MIN} for never
 * @param evaluatedAt event time of the last good sample; {@link Instant#MIN} before the first
 * @param arrivedAt server time of that sample's arrival; {@link Instant#MIN} before the first
 * @param supportedUntil event time until which something else speaks for water, as of that sample
 */
public record AlertState(
    int level,
    int lastMeets,
    int lastHolds,
    List<Instant> lastHeldAt,
    Instant evaluatedAt,
    Instant arrivedAt,
    Instant supportedUntil) {

  /** Before the first sample. */
  public static final AlertState NONE =
      new AlertState(
          0,
          0,
          0,
          Collections.nCopies(AlertPolicy.LEVEL_MAX, Instant.MIN),
          Instant.MIN,
          Instant.MIN,
          Instant.MIN);

  /** So long after water was last seen, no rain keeps the alert. */
  private static final Duration SUPPORT_MAX = Duration.ofHours(2);

  /** So soon after an all-clear, one reading alone raises nothing. */
  private static final Duration JUST_ENDED = Duration.ofMinutes(30);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a level is out of range or a time is missing
   */
  public AlertState {
    lastHeldAt = List.copyOf(lastHeldAt);
    if (Math.min(level, Math.min(lastMeets, lastHolds)) < 0
        || Math.max(level, Math.max(lastMeets, lastHolds)) > AlertPolicy.LEVEL_MAX
        || lastHeldAt.size() != AlertPolicy.LEVEL_MAX) {
      throw new IllegalArgumentException(
          "Levels are 0 to 4, with four times: "
              + level
              + ", "
              + lastMeets
              + ", "
              + lastHolds
              + ", "
              + lastHeldAt);
    }
  }

  /**
   * A state and what changed on the way to it.
   *
   * @param state the new state
   * @param transitions in order; none, one or two (a level expired before the sample raised
   *     another)
   */
  public record Step(AlertState state, List<AlertTransition> transitions) {
    /** Copies the list; next to always there is nothing in it. */
    public Step {
      transitions = transitions.isEmpty() ? List.of() : List.copyOf(transitions);
    }
  }

  /**
   * Takes in a good sample that is newer than the last one.
   *
   * @throws IllegalArgumentException if it is not newer; backfill is not for alerts
   */
  public Step next(AlertPolicy policy, AlertSample sample) {
    if (!sample.evaluatedAt().isAfter(evaluatedAt)) {
      throw new IllegalArgumentException(
          "A sample of " + sample.evaluatedAt() + " is not after " + evaluatedAt + ".");
    }
    List<AlertTransition> transitions = new ArrayList<>();
    // What ran out before this sample ended then, also when nobody looked in between.
    AlertState before = expire(policy, sample.evaluatedAt(), transitions);

    int meets =
        sample.lowPointDepthMm().isEmpty()
            ? 0
            : policy.levelOf(sample.lowPointDepthMm().getAsInt());
    int holds =
        sample.holdingDepthMm().isEmpty()
            ? 0
            : policy.levelHeldBy(sample.holdingDepthMm().getAsInt());
    boolean enough = sample.sure() && !before.hasJustEnded(sample.evaluatedAt());
    int confirmed = enough ? meets : Math.min(meets, before.lastMeets);
    int level = Math.max(before.level, confirmed);
    if (level > before.level) {
      transitions.add(AlertTransition.of(before.level, level, sample.evaluatedAt()));
    }
    int held = Math.min(holds, level);
    List<Instant> heldAt = held == 0 ? before.lastHeldAt : new ArrayList<>(before.lastHeldAt);
    for (int i = 0; i < held; i++) {
      heldAt.set(i, sample.evaluatedAt());
    }
    AlertState after =
        new AlertState(
            level,
            meets,
            holds,
            heldAt,
            sample.evaluatedAt(),
            sample.arrivedAt(),
            sample.supportedUntil());
    // With a delay of zero a level ends with the first sample that does not hold it.
    return new Step(after.expire(policy, sample.evaluatedAt(), transitions), transitions);
  }

  private boolean hasJustEnded(Instant at) {
    Instant endedAt = lastHeldAt.get(0);
    return level == 0 && !endedAt.equals(Instant.MIN) && at.isBefore(endedAt.plus(JUST_ENDED));
  }

  /** Lets time pass without a sample, up to server time {@code now}. */
  public Step tick(AlertPolicy policy, Instant now) {
    if (level == 0) {
      return new Step(this, List.of());
    }
    List<AlertTransition> transitions = new ArrayList<>();
    Duration sinceArrival = Duration.between(arrivedAt, now);
    return new Step(expire(policy, evaluatedAt.plus(sinceArrival), transitions), transitions);
  }

  /** Server time of the next {@link #tick} that changes something without a further sample. */
  public Optional<Instant> dueAt(AlertPolicy policy) {
    if (level == 0 || lastHolds >= level) {
      return Optional.empty();
    }
    Duration wait = Duration.between(evaluatedAt, expiryOf(policy, level));
    return Optional.of(arrivedAt.plus(wait));
  }

  private AlertState expire(AlertPolicy policy, Instant sensorTime, List<AlertTransition> out) {
    int remaining = level;
    while (remaining > lastHolds && !expiryOf(policy, remaining).isAfter(sensorTime)) {
      remaining--;
    }
    if (remaining == level) {
      return this;
    }
    Instant endedAt = expiryOf(policy, remaining + 1);
    out.add(AlertTransition.of(level, remaining, endedAt));
    List<Instant> heldAt = new ArrayList<>(lastHeldAt);
    if (remaining == 0) {
      heldAt.set(0, endedAt);
    }
    return new AlertState(
        remaining, lastMeets, lastHolds, heldAt, evaluatedAt, arrivedAt, supportedUntil);
  }

  private Instant expiryOf(AlertPolicy policy, int ofLevel) {
    Instant heldAt = lastHeldAt.get(ofLevel - 1);
    Instant expiry = heldAt.plus(policy.clearDelay());
    if (ofLevel > 1 || !supportedUntil.isAfter(expiry)) {
      return expiry;
    }
    Instant last = later(expiry, heldAt.plus(SUPPORT_MAX));
    return supportedUntil.isBefore(last) ? supportedUntil : last;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
