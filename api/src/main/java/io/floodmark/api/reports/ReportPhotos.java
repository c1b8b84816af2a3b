package io.floodmark.api.reports;

import io.floodmark.api.assetphotos.PhotoUploads;
import io.floodmark.api.photos.Photo;
import io.floodmark.api.photos.PhotoHint;
import io.floodmark.api.photos.PhotoRefused;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.routes.Form;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes in the photos that come with a report, and stores them on it. Thread-safe. */
final class ReportPhotos {
  /** With one form. */
  static final int AT_ONCE_MAX = 3;

  /** On one report, the reporter's. */
  static final int OF_REPORTER_MAX = 9;

  private final PhotoUploads ofReporters;
  private final PhotoUploads ofStaff;
  private final PhotoStore store;

  /** Two queues on the same threads, so that strangers cannot fill that of staff. */
  ReportPhotos(PhotoUploads ofReporters, PhotoUploads ofStaff, PhotoStore store) {
    this.ofReporters = ofReporters;
    this.ofStaff = ofStaff;
    this.store = store;
  }

  /**
   * What became of the files.
   *
   * @param photos those that were taken; none if one was refused
   * @param refused why the first one that was not, was not
   */
  record Taken(List<Photo> photos, Optional<PhotoRefused> refused) {
    static final Taken NONE = new Taken(List.of(), Optional.empty());

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

  /** Decodes and encodes anew, off the event loop; 503 where too many wait already. */
  Future<Taken> take(List<Form.Upload> uploads) {
    return take(ofReporters, uploads);
  }

  /** The same with what staff send. */
  Future<Taken> takeEvidence(List<Form.Upload> uploads) {
    return take(ofStaff, uploads);
  }

  private static Future<Taken> take(PhotoUploads queue, List<Form.Upload> uploads) {
    return uploads.isEmpty()
        ? Future.succeededFuture(Taken.NONE)
        : queue.accept(uploads).map(outcome -> new Taken(outcome.photos(), outcome.refusal()));
  }

  /** Stores the reporter's photos on their report, in the caller's transaction. */
  void attach(Connection connection, long reportId, List<Photo> photos, Instant at)
      throws SQLException {
    attach(connection, reportId, photos, OptionalInt.empty(), false, at);
  }

  /**
   * Stores what came through the staff's side, which a reporter cannot erase.
   *
   * @param staffId who sent it; empty where a program did with an API token
   */
  void attachEvidence(
      Connection connection, long reportId, List<Photo> photos, OptionalInt staffId, Instant at)
      throws SQLException {
    attach(connection, reportId, photos, staffId, true, at);
  }

  private void attach(
      Connection connection,
      long reportId,
      List<Photo> photos,
      OptionalInt staffId,
      boolean isEvidence,
      Instant at)
      throws SQLException {
    for (Photo photo : photos) {
      PhotoStore.Stored stored = store.insert(connection, photo, staffId, at);
      Bound.update(
          connection,
          "INSERT INTO report_photo (report_id, photo_id, is_evidence) VALUES (?, ?, ?)",
          reportId,
          stored.id(),
          isEvidence);
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
