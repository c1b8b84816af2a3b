package io.floodmark.ingest.upkeep;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether so little is stored, and for so long, that work which can wait may have a processor.
 * Where it never becomes calm, that work is not put off for ever. Confined to one thread.
 */
final class Calm {
  /** Fleets that report once a minute, the largest but for a few, store less. */
  private static final long ROWS_PER_SECOND_MAX = 1_000;

  /** Over so long it is reckoned, so that sensors which all report at the full minute are calm. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Whoever did not ask for longer does not know what was in between, nor does the clock. */
  private static final Duration GAP_MAX = Duration.ofMinutes(2);

  /** What is begun then goes on if more comes. */
  private static final Duration LASTING = Duration.ofMinutes(10);

  /** Every night of a fleet has its calm; where a whole day had none, none is to be expected. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private Instant askedAt = Instant.MIN;
  private Instant windowFrom;
  private long rowsAtWindow;
  private Instant calmFrom;
  private Instant lastCalmAt;

  /**
   * Whether it has been calm for ten minutes, or not once for a day; to be asked every few seconds.
   *
   * @param rows how many the database has stored, by whichever process, counted from anywhere
   */
  boolean isLasting(Instant now, long rows) {
    boolean hasGap = now.isBefore(askedAt) || askedAt.isBefore(now.minus(GAP_MAX));
    if (hasGap || rows < rowsAtWindow) {
      begin(now, rows);
    }
    askedAt = now;
    Duration window = Duration.between(windowFrom, now);
    boolean isOver = window.compareTo(WINDOW) >= 0;
    Duration reckoned = isOver ? window : WINDOW;
    if (rows - rowsAtWindow > ROWS_PER_SECOND_MAX * reckoned.toSeconds()) {
      calmFrom = now;
      isOver = true;
    }
    if (isOver) {
      windowFrom = now;
      rowsAtWindow = rows;
    }
    boolean isCalm = !now.isBefore(calmFrom.plus(LASTING));
    if (isCalm) {
      lastCalmAt = now;
    }
    return isCalm || !now.isBefore(lastCalmAt.plus(PATIENCE));
  }

  /** Has it watched from now on only: before, devices may have been kept from sending. */
  void forget() {
    askedAt = Instant.MIN;
  }

  private void begin(Instant now, long rows) {
    windowFrom = now;
    rowsAtWindow = rows;
    calmFrom = now;
    lastCalmAt = now;
  }
}
