package io.floodmark.sim.uplink;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a device has measured and nobody has acknowledged yet: a ring of flash memory. A message
 * leaves it only when acknowledged, or, when the ring is full, when a newer one takes the place of
 * the oldest that is not on its way: in a flood the newest water counts most. Not thread-safe.
 */
final class Backlog {
  private final int capacity;
  private final NavigableMap<Long, Message> waiting = new TreeMap<>();
  private final NavigableMap<Long, Message> inFlight = new TreeMap<>();
  private long newest;

  /**
   * @param capacity messages, waiting and in flight together
   */
  Backlog(int capacity) {
    this.capacity = capacity;
  }

  /**
   * A message and its place in the order of measuring.
   *
   * @param number 1 for the first message of this device, then counting up
   * @param readings how many are in it
   * @param receipt is told what becomes of it
   */
  record Message(long number, String payload, int readings, Receipt receipt) {}

  /** Keeps a message. Returns the one that had to go for it, if the store was full. */
  Optional<Message> add(String payload, int readings, Receipt receipt) {
    Optional<Message> overwritten = size() >= capacity ? pollOldest() : Optional.empty();
    newest++;
    waiting.put(newest, new Message(newest, payload, readings, receipt));
    return overwritten;
  }

  /** Marks the oldest waiting message as in flight. */
  Optional<Message> takeOldest() {
    Optional<Message> oldest = pollOldest();
    oldest.ifPresent(message -> inFlight.put(message.number(), message));
    return oldest;
  }

  /**
   * Forgets a message, wherever it is: an acknowledgement may be handed over after the connection
   * that brought it is gone. Returns it, if it was still kept.
   */
  Optional<Message> acknowledge(long number) {
    Message settled = inFlight.remove(number);
    return Optional.ofNullable(settled != null ? settled : waiting.remove(number));
  }

  /** The connection is gone: what was in flight waits again, in its old place. */
  void returnInFlight() {
    waiting.putAll(inFlight);
    inFlight.clear();
  }

  /** One message could not be handed over: it waits again, in its old place. */
  void returnToWaiting(Message message) {
    if (inFlight.remove(message.number(), message)) {
      waiting.put(message.number(), message);
    }
  }

  private Optional<Message> pollOldest() {
    return Optional.ofNullable(waiting.pollFirstEntry()).map(Map.Entry::getValue);
  }

  int inFlight() {
    return inFlight.size();
  }

  int size() {
    return waiting.size() + inFlight.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty() && inFlight.isEmpty();
  }
}
