package io.floodmark.ingest.broker;

/**
 * Is told what a restart must not lose, in the order in which it happens, while the broker's lock
 * is held. What it is told of a session that ends with its connection, it does not keep.
 */
interface Journal {
  /** Nothing outlives the process. */
  Journal NONE = new NoJournal();

  /** How many changes it was told of; so one can see whether something brought any. */
  long changes();

  /** Whether nothing that it was told waits to be safe. */
  boolean isIdle();

  /** About what waits to be safe, in bytes of memory. */
  long bytes();

  /** Whether so much waits that publishers have to. */
  boolean isFull();

  /**
   * Runs {@code resume} without the lock, once it {@linkplain #isFull is full} no more, in place of
   * an earlier one of {@code key}.
   */
  void whenRoom(Object key, Runnable resume);

  /** Runs nothing of {@code key} any more. */
  void forget(Object key);

  /** A session is there, or is connected or left, or has another expiry. */
  void session(Session session);

  /** A session is no more, nor all that belongs to it. */
  void ended(long sessionId);

  void subscribed(Session session, Subscription subscription);

  void unsubscribed(Session session, TopicFilter filter);

  void retained(Message message);

  void cleared(String topic);

  /**
   * A message waits for a session, or has come further.
   *
   * @param whenSafe runs within the broker's lock, once it is safe
   */
  void queued(Session session, Entry entry, Runnable whenSafe);

  void done(Session session, Entry entry);

  /** A packet id of QoS 2 is in use. */
  void received(Session session, int packetId);

  void released(Session session, int packetId);

  /**
   * Runs {@code receipt} without the lock, once all that was told so far is safe.
   *
   * @param bytes what it holds in memory, about, beside itself
   * @throws IllegalStateException if it {@linkplain #isIdle is safe} already
   */
  void afterwards(Runnable receipt, int bytes);
}
