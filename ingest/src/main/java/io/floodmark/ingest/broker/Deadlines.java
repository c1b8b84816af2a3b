package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** What has to be done at its time. Guarded by the broker's lock. */
final class Deadlines<T> {
  /** One of them. */
  static final class Deadline<T> {
    private final Instant at;
    private final long number;
    private final T what;

    private Deadline(Instant at, long number, T what) {
      this.at = at;
      this.number = number;
      this.what = what;
    }

    T what() {
      return what;
    }
  }

  private final TreeSet<Deadline<T>> all =
      new TreeSet<>(
          Comparator.comparing((Deadline<T> deadline) -> deadline.at)
              .thenComparing(deadline -> deadline.number));
  private long last;

  Deadline<T> add(Instant at, T what) {
    Deadline<T> deadline = new Deadline<>(at, ++last, what);
    all.add(deadline);
    return deadline;
  }

  /** Whether it was still to come. */
  boolean remove(Deadline<T> deadline) {
    return all.remove(deadline);
  }

  /** Takes out the first that is due. */
  Optional<T> due(Instant now) {
    if (all.isEmpty() || all.first().at.isAfter(now)) {
      return Optional.empty();
    }
    return Optional.of(all.pollFirst().what);
  }
}
