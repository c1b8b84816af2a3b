package io.floodmark.api.reports;

import io.floodmark.api.photos.Photo;
import io.floodmark.api.photos.PhotoHint;
import io.floodmark.api.photos.PhotoIntake;
import io.floodmark.api.photos.PhotoRefused;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.routes.Form;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes in the photos that come with a report, and stores them on it. Thread-safe. */
final class ReportPhotos {
  /** With one form. */
  static final int AT_ONCE_MAX = 3;

  /** On one report, the reporter's. */
  static final int OF_REPORTER_MAX = 9;

  private final PhotoIntake intake;
  private final PhotoStore store;

  ReportPhotos(PhotoIntake intake, PhotoStore store) {
    this.intake = intake;
    this.store = store;
  }

  /**
   * What became of the files.
   *
   * @param photos those that were taken
   * @param refused why the first one that was not, was not
   */
  record Taken(List<Photo> photos, Optional<PhotoRefused> refused) {
    Taken {
      photos = List.copyOf(photos);
    }

    /** Where the first photo with a position was taken. */
    Optional<Filing.Point> place() {
      return photos.stream()
          .map(Photo::hint)
          .map(PhotoHint::place)
          .flatMap(Optional::stream)
          .findFirst()
          .map(place -> new Filing.Point(place.lon(), place.lat()));
    }
  }

  /** Decodes and encodes anew, off the event loop. */
  Future<Taken> take(Vertx vertx, List<Form.Upload> uploads) {
    if (uploads.isEmpty()) {
      return Future.succeededFuture(new Taken(List.of(), Optional.empty()));
    }
    return vertx.executeBlocking(() -> take(uploads), false);
  }

  private Taken take(List<Form.Upload> uploads) {
    List<Photo> photos = new ArrayList<>();
    for (Form.Upload upload : uploads) {
      try {
        photos.add(intake.accept(upload.content().getBytes()));
      } catch (PhotoRefused e) {
        return new Taken(photos, Optional.of(e));
      }
    }
    return new Taken(photos, Optional.empty());
  }

  /** Stores photos on a report, in the caller's transaction. */
  void attach(
      Connection connection, long reportId, List<Photo> photos, OptionalInt staffId, Instant at)
      throws SQLException {
    for (Photo photo : photos) {
      PhotoStore.Stored stored = store.insert(connection, photo, staffId, at);
      Bound.update(
          connection,
          "INSERT INTO report_photo (report_id, photo_id, is_evidence) VALUES (?, ?, ?)",
          reportId,
          stored.id(),
          staffId.isPresent());
    }
  }

  /** The bytes of a photo of this report; empty if it is none of its own. */
  Optional<byte[]> find(Connection connection, long reportId, String key, boolean preview)
      throws SQLException {
    boolean belongs =
        ReportRows.photos(connection, reportId).stream().anyMatch(photo -> photo.key().equals(key));
    if (!belongs) {
      return Optional.empty();
    }
    return preview ? store.findPreview(connection, key) : store.findPicture(connection, key);
  }
}
