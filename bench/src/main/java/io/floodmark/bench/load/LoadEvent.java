package io.floodmark.bench.load;

/** What a generator tells while it works. */
public enum LoadEvent {
  /** The seconds that count begin. */
  COUNTING,
  /** They are over; what is in flight is waited for. */
  COUNTED,
  /** A second that counts is over; nothing is in flight, and nothing is sent until it goes on. */
  RESTING,
  /** One more second has passed; comes with the readings acknowledged so far. */
  SECOND,
  /** All connections are signed in, and nothing is sent; comes with the seconds that took. */
  CONNECTED,
  /** The end, with a {@link LoadResult}. */
  RESULT
}
