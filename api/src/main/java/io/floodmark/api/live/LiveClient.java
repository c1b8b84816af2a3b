package io.floodmark.api.live;

import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One browser that listens. Confined to its event loop.
 *
 * <p>What the socket has not taken yet is bounded by the response's write queue. When that is full
 * the client is behind: nothing more is written, and once the queue has drained it begins again
 * with a fresh snapshot. So a slow client costs a queue and a snapshot, however much happens; one
 * that takes nothing at all is ended by the server's idle timeout.
 */
final class LiveClient {
  private final HttpServerResponse response;
  private final Optional<String> session;
  private OptionalLong lastId;
  private boolean behind;

  /**
   * A client.
   *
   * @param response chunked, with its headers
   * @param lastId what it named as Last-Event-ID, if it did
   * @param session secret of its session, if it sent one; whether that holds is asked each time
   */
  LiveClient(HttpServerResponse response, OptionalLong lastId, Optional<String> session) {
    this.response = response;
    this.session = session;
    this.lastId = lastId;
  }

  /** Sends the snapshot, and the alert events since the last one that the client has seen. */
  void begin(LiveSnapshot snapshot, Instant now, boolean databaseAway) {
    if (isFull()) {
      return;
    }
    Optional<List<LiveEvent>> missed =
        lastId.isPresent() ? snapshot.eventsAfter(lastId.getAsLong()) : Optional.empty();
    // The snapshot's own id is the one before what follows, so that a line that breaks in between
    // loses nothing.
    long id = missed.isPresent() ? lastId.getAsLong() : snapshot.lastId();
    lastId = OptionalLong.of(id);
    response.write(LiveEvent.snapshotHead(id, now, databaseAway));
    response.write(snapshot.tail());
    for (LiveEvent event : missed.orElse(List.of())) {
      write(event);
    }
  }

  /** The secret of its session, if it sent one. */
  Optional<String> session() {
    return session;
  }

  /** Sends an event, unless the client is behind. */
  void offer(LiveEvent event) {
    if (!isFull()) {
      write(event);
    }
  }

  /** Whether it missed events that the next snapshot has to make good. */
  boolean isBehind() {
    return behind;
  }

  /** Takes it as caught up; {@link #begin} follows. */
  void caughtUp() {
    behind = false;
  }

  /** Ends the response in order. */
  void end() {
    if (!response.closed() && !response.ended()) {
      response.end();
    }
  }

  private void write(LiveEvent event) {
    response.write(event.bytes());
    if (event.id().isPresent()) {
      lastId = event.id();
    }
  }

  private boolean isFull() {
    behind |= response.writeQueueFull();
    return behind;
  }
}
