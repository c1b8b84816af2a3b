package io.floodmark.api.sensors.preview;

import io.floodmark.alert.AlertTransition;
import io.floodmark.judging.Standing;
import io.floodmark.sensor.Sensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges readings again as ingest does, for a sensor that may have other thresholds now, with what
 * rain, neighbours and residents said at the time. Confined to one thread.
 */
final class ThresholdReplay {
  private final Sensor sensor;
  private final PastSurroundings around;
  private final List<Episode> ended = new ArrayList<>();
  private Standing standing = Standing.UNSEEN;
  private Optional<Episode> open = Optional.empty();

  ThresholdReplay(Sensor sensor, PastSurroundings around) {
    this.sensor = sensor;
    this.around = around;
  }

  /** Takes the next reading in the order of arrival. */
  void take(StoredReading stored) {
    Standing.Outcome outcome =
        standing.next(
            sensor,
            stored.reading(),
            stored.time(),
            stored.arrivedAt(),
            around.at(stored.time().evaluatedAt(), stored.arrivedAt()));
    standing = outcome.after();
    outcome.transitions().forEach(this::note);
  }

  /** The alerts up to server time {@code now}, oldest first. Call once, at the end. */
  List<Episode> episodes(Instant now) {
    standing.alert().tick(sensor.alertPolicy(), now).transitions().forEach(this::note);
    open.ifPresent(ended::add);
    return List.copyOf(ended);
  }

  private void note(AlertTransition change) {
    switch (change.kind()) {
      case RAISED ->
          open = Optional.of(new Episode(change.occurredAt(), change.toLevel(), Optional.empty()));
      case ESCALATED -> open = open.map(episode -> episode.reaching(change.toLevel()));
      case LOWERED -> {}
      case CLEARED -> {
        open.map(episode -> episode.endedAt(change.occurredAt())).ifPresent(ended::add);
        open = Optional.empty();
      }
    }
  }
}
