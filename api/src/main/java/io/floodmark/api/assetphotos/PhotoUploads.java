package io.floodmark.api.assetphotos;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.metrics.Exposition;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.photos.Photo;
import io.floodmark.api.photos.PhotoIntake;
import io.floodmark.api.photos.PhotoRefused;
import io.floodmark.api.routes.Form;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes in the photos of a form, on threads of their own: a photo costs seconds of a processor,
 * which the threads of the database are not for. Safe for use by any thread.
 */
public final class PhotoUploads {
  private static final int THREADS = 4;

  /** Each that waits holds what was sent, up to the limit of its body. */
  private static final int FORMS_MAX = 16;

  private final String kind;
  private final WorkerExecutor workers;
  private final PhotoIntake intake;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Uploads judged by {@code intake}; the threads end with {@code vertx}, and are shared with
   * others on it.
   *
   * @param kind how its figures name it
   */
  public PhotoUploads(Vertx vertx, PhotoIntake intake, String kind) {
    this.kind = kind;
    this.workers = vertx.createSharedWorkerExecutor("floodmark-api-photos", THREADS);
    this.intake = intake;
  }

  /**
   * What became of a form's photos.
   *
   * @param photos those that were taken in, in their order
   * @param refusal why the first that was refused was; empty if none was
   */
  public record Outcome(List<Photo> photos, Optional<PhotoRefused> refusal) {
    /** Copies the list. */
    public Outcome {
      photos = List.copyOf(photos);
    }

    /** Why a photo was refused, in the reader's words. {@code texts} hold those of photos. */
    public String sentence(Texts texts) {
      PhotoRefused refused = refusal.orElseThrow();
      Map<String, String> places = new HashMap<>();
      for (int i = 0; i < refused.arguments().size(); i++) {
        places.put(Integer.toString(i), refused.arguments().get(i).toString());
      }
      return texts.of(refused.textKey(), places);
    }
  }

  /** How many forms are under way, and how many may be. */
  public Exposition.Work load() {
    return new Exposition.Work(kind, open.get(), FORMS_MAX);
  }

  /** Takes in all photos, or none: the first refusal ends it. */
  public Future<Outcome> accept(List<Form.Upload> files) {
    if (open.incrementAndGet() > FORMS_MAX) {
      open.decrementAndGet();
      return Future.failedFuture(new ProblemException(Problem.overloaded()));
    }
    return workers
        .executeBlocking(() -> judged(files), false)
        .onComplete(done -> open.decrementAndGet());
  }

  private Outcome judged(List<Form.Upload> files) {
    List<Photo> photos = new ArrayList<>();
    for (Form.Upload file : files) {
      try {
        photos.add(intake.accept(file.content().getBytes()));
      } catch (PhotoRefused refused) {
        return new Outcome(List.of(), Optional.of(refused));
      }
    }
    return new Outcome(photos, Optional.empty());
  }
}
