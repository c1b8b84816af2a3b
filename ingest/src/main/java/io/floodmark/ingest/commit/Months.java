package io.floodmark.ingest.commit;

import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes sure that the months of a batch have partitions. Remembers those it asked for, so that the
 * database is asked once a month. Confined to the commit thread.
 */
final class Months {
  /** Readings from before this month are stamped on arrival. */
  private static final YearMonth FIRST = YearMonth.of(2020, 1);

  private final InstantSource clock;
  private final Set<YearMonth> ensured = new HashSet<>();

  Months(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Makes what is missing. What a fast clock has put beyond next month stays in the default
   * partition until its month comes: a sensor must not be able to fill the catalogue.
   *
   * @param connection in auto-commit
   */
  void ensure(Connection connection, Collection<Instant> times) throws SQLException {
    YearMonth last = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).plusMonths(1);
    for (Instant time : times) {
      YearMonth month = YearMonth.from(time.atOffset(ZoneOffset.UTC));
      if (!month.isBefore(FIRST) && !month.isAfter(last) && !ensured.contains(month)) {
        Schema.ensurePartition(connection, time);
        ensured.add(month);
      }
    }
  }
}
