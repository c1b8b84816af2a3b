package io.floodmark.api.live;

import java.util.List;
import java.util.Optional;

/**
 * What the feed hands to every event loop.
 *
 * @param snapshot all there is to show after it; empty while nothing was ever read
 * @param databaseAway whether changes go unheard
 * @param events what is new, in order
 * @param beginAgain whether clients are to begin again with the snapshot, {@code events} being
 *     empty
 */
record LiveUpdate(
    Optional<LiveSnapshot> snapshot,
    boolean databaseAway,
    List<LiveEvent> events,
    boolean beginAgain) {
  LiveUpdate {
    events = List.copyOf(events);
  }
}
