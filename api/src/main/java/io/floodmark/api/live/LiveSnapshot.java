package io.floodmark.api.live;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a client needs to begin, or to begin again. Immutable but for what it remembers
 * of its own bytes; safe for use by any thread.
 */
final class LiveSnapshot {
  private final List<Buffer> features;
  private final List<Buffer> alerts;
  private final List<LiveEvent> recent;
  private final long forgottenId;
  private final long lastId;
  private volatile Buffer tail;

  /**
   * A snapshot.
   *
   * @param features sensors' Features as JSON
   * @param alerts open alerts as JSON
   * @param recent the last alert events, oldest first
   * @param forgottenId every alert event after this id is among {@code recent}
   * @param lastId id of the last alert event; 0 before the first
   */
  LiveSnapshot(
      List<Buffer> features,
      List<Buffer> alerts,
      List<LiveEvent> recent,
      long forgottenId,
      long lastId) {
    this.features = List.copyOf(features);
    this.alerts = List.copyOf(alerts);
    this.recent = List.copyOf(recent);
    this.forgottenId = forgottenId;
    this.lastId = lastId;
  }

  /** Id of the last alert event; 0 before the first. */
  long lastId() {
    return lastId;
  }

  /**
   * The alert events after {@code id}; empty if they are more than are remembered, or {@code id} is
   * none of this database's.
   */
  Optional<List<LiveEvent>> eventsAfter(long id) {
    if (id < forgottenId || id > lastId) {
      return Optional.empty();
    }
    return Optional.of(recent.stream().filter(event -> event.id().orElseThrow() > id).toList());
  }

  /** The snapshot event after its {@link LiveEvent#snapshotHead}; made when first asked for. */
  Buffer tail() {
    Buffer made = tail;
    if (made == null) {
      made = Buffer.buffer("\"sensors\":{\"type\":\"FeatureCollection\",\"features\":[");
      appendAll(made, features);
      made.appendString("]},\"alerts\":[");
      appendAll(made, alerts);
      made.appendString("]}\n\n");
      // Two event loops may both make it; one of two equal buffers is kept.
      tail = made;
    }
    return made;
  }

  private static void appendAll(Buffer to, List<Buffer> values) {
    boolean first = true;
    for (Buffer value : values) {
      if (!first) {
        to.appendByte((byte) ',');
      }
      to.appendBuffer(value);
      first = false;
    }
  }
}
