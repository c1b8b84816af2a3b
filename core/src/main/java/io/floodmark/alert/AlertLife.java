package io.floodmark.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The life of one alert among people: what the machine says of it (active at a level, or cleared),
 * and beside that whether somebody acknowledged it, put it on the shelf, or is done with it. Pure
 * and immutable.
 *
 * <p>It is the life cycle of ISA-18.2 and OPC UA Part 9 §5.8 with their names: an alert that
 * returned to normal unacknowledged stays in the inbox; shelving is by a person and for a time;
 * suppression is by the system. Confirming is no step of its own: closing is.
 *
 * @param active whether the machine says that it goes on
 * @param level now, or the last one before it cleared; 1 to 4
 * @param acknowledged whether staff have seen it at this level
 * @param shelvedUntil end of the shelf; empty where it is on none
 * @param shelvedLevel at which it was put there, 1 to 4; empty where it is on none
 * @param suppressed whether the system keeps it back: maintenance, or its gateway's alert
 * @param closed whether staff are done with it
 */
public record AlertLife(
    boolean active,
    int level,
    boolean acknowledged,
    Optional<Instant> shelvedUntil,
    OptionalInt shelvedLevel,
    boolean suppressed,
    boolean closed) {
  /** The longest that an alert can be shelved for: somebody looks again every day. */
  public static final Duration SHELF_MAX = Duration.ofHours(24);

  /** The shortest. */
  public static final Duration SHELF_MIN = Duration.ofMinutes(5);

  /** Where it stands for whoever looks into the inbox. */
  public enum Standing {
    /** Goes on, and nobody has acknowledged it. */
    UNACKNOWLEDGED,
    /** Has ended, and nobody has acknowledged it: returned to normal unacknowledged. */
    RETURNED,
    /** Goes on, and somebody has seen it. */
    ACKNOWLEDGED,
    /** On the shelf. */
    SHELVED,
    /** Kept back by the system. */
    SUPPRESSED,
    /** Has ended and was acknowledged; can be closed. */
    ENDED,
    /** Staff are done with it. */
    CLOSED
  }

  /** Why a step cannot be taken. */
  public enum Refusal {
    /** Staff are done with it; words can still be added. */
    CLOSED,
    /** Somebody was faster. */
    ALREADY_ACKNOWLEDGED,
    /** It stands at a higher level than they saw: nobody would be asked for any more. */
    RISEN,
    /** It goes on: only the machine ends it. */
    STILL_ACTIVE,
    /** It has ended: there is nothing left to shelve. */
    OVER,
    /** It is on no shelf. */
    NOT_SHELVED,
    /** No end, one in the past or nearly so, or one too far away. */
    SHELF_END
  }

  /** Just raised. */
  public static AlertLife raised(int level) {
    return new AlertLife(true, level, false, Optional.empty(), OptionalInt.empty(), false, false);
  }

  /** Where it stands at {@code now}. */
  public Standing standing(Instant now) {
    if (closed) {
      return Standing.CLOSED;
    }
    if (suppressed) {
      return Standing.SUPPRESSED;
    }
    if (active && isShelved(now)) {
      return Standing.SHELVED;
    }
    if (active) {
      return acknowledged ? Standing.ACKNOWLEDGED : Standing.UNACKNOWLEDGED;
    }
    return acknowledged ? Standing.ENDED : Standing.RETURNED;
  }

  /** Whether it is on the shelf at {@code now}. */
  public boolean isShelved(Instant now) {
    return shelvedUntil.isPresent() && now.isBefore(shelvedUntil.get());
  }

  /** Whether it is told again when its time has come. */
  public boolean wantsReminder(Instant now) {
    return standing(now) == Standing.UNACKNOWLEDGED;
  }

  /**
   * Why staff cannot take a step now; empty if they can.
   *
   * @param shelfEnd the end that is wished for, of {@link AlertStep#SHELVE}
   */
  public Optional<Refusal> refusal(AlertStep step, Optional<Instant> shelfEnd, Instant now) {
    if (step == AlertStep.NOTE) {
      return Optional.empty();
    }
    if (closed) {
      return Optional.of(Refusal.CLOSED);
    }
    return switch (step) {
      case ACKNOWLEDGE ->
          acknowledged ? Optional.of(Refusal.ALREADY_ACKNOWLEDGED) : Optional.empty();
      case SHELVE -> {
        if (!active) {
          yield Optional.of(Refusal.OVER);
        }
        yield isShelfEnd(shelfEnd, now) ? Optional.empty() : Optional.of(Refusal.SHELF_END);
      }
      case UNSHELVE -> isShelved(now) ? Optional.empty() : Optional.of(Refusal.NOT_SHELVED);
      case CLOSE -> active ? Optional.of(Refusal.STILL_ACTIVE) : Optional.empty();
      case NOTE, HANDOVER -> Optional.empty();
    };
  }

  /**
   * What it becomes by a step of staff. Closing acknowledges.
   *
   * @throws IllegalArgumentException if the step cannot be taken; see {@link #refusal}
   */
  public AlertLife after(AlertStep step, Optional<Instant> shelfEnd, Instant now) {
    Optional<Refusal> refusal = refusal(step, shelfEnd, now);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException(step + " is refused: " + refusal.get());
    }
    return switch (step) {
      case ACKNOWLEDGE ->
          new AlertLife(active, level, true, shelvedUntil, shelvedLevel, suppressed, closed);
      case SHELVE ->
          new AlertLife(
              active, level, acknowledged, shelfEnd, OptionalInt.of(level), suppressed, closed);
      case UNSHELVE -> offTheShelf(active, level, acknowledged, closed);
      case CLOSE -> offTheShelf(active, level, true, true);
      case NOTE, HANDOVER -> this;
    };
  }

  /**
   * What it becomes when the machine moves it: a rise wants to be seen again, and one above the
   * level that it was shelved at ends the shelf, as that was for less; what ends on the shelf has
   * been seen; another fall changes nothing for people.
   *
   * @param toLevel 0 where it cleared, else 1 to 4
   */
  public AlertLife moved(int toLevel) {
    if (toLevel == 0) {
      boolean seen = acknowledged || suppressed || shelvedUntil.isPresent();
      return new AlertLife(
          false, level, seen, shelvedUntil, shelvedLevel, suppressed, closed || suppressed);
    }
    boolean seen = acknowledged && toLevel <= level;
    if (toLevel > shelvedLevel.orElse(level)) {
      return offTheShelf(true, toLevel, seen, closed);
    }
    return new AlertLife(true, toLevel, seen, shelvedUntil, shelvedLevel, suppressed, closed);
  }

  private AlertLife offTheShelf(boolean goesOn, int now, boolean seen, boolean done) {
    return new AlertLife(
        goesOn, now, seen, Optional.empty(), OptionalInt.empty(), suppressed, done);
  }

  private static boolean isShelfEnd(Optional<Instant> end, Instant now) {
    return end.isPresent()
        && !end.get().isBefore(now.plus(SHELF_MIN))
        && !end.get().isAfter(now.plus(SHELF_MAX));
  }
}
