package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.Rejection.Reason;
import io.floodmark.ingest.commit.Submission.StatusChange;
import io.floodmark.reading.Reading;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A submission, or a part of one, that the commit loop has at work. Confined to the commit thread.
 *
 * <p>It remembers over attempts which stamps its readings were given: where the outcome of a commit
 * is unknown, a reading without a time of its own is known again by its stamp, and a stamp that was
 * taken is not tried twice.
 */
final class Pending {
  /** A reading and the stamps that it was given so far, where arrival counts as its time. */
  static final class Item {
    private final Reading reading;
    private Set<Instant> stamps = Set.of();

    private Item(Reading reading) {
      this.reading = reading;
    }

    Reading reading() {
      return reading;
    }

    /** Empty before the first attempt, and for a reading with a time of its own. */
    Set<Instant> stamps() {
      return Collections.unmodifiableSet(stamps);
    }

    void stampedAs(Instant at) {
      if (stamps.isEmpty()) {
        stamps = new LinkedHashSet<>(); // most readings have a time of their own
      }
      stamps.add(at);
    }
  }

  /** How many parts of a submission are not settled yet. */
  private static final class Parts {
    private int unsettled = 1;

    /** Readings that are stored, now or before. */
    private int stored;

    /** What was wrong with the first that is not. */
    private Optional<Rejection> refusal = Optional.empty();

    void refuse(Optional<Rejection> why) {
      refusal = refusal.or(() -> why);
    }
  }

  private final Submission submission;
  private final List<Item> items;
  private final List<Rejection> rejections;
  private final Optional<StatusChange> status;
  private final Parts parts;
  private final Instant arrivedAt;
  private boolean overtaken;

  // What the last evaluation has made of its readings.
  private int stored;
  private Optional<Rejection> refusal = Optional.empty();

  private Pending(
      Submission submission,
      List<Item> items,
      List<Rejection> rejections,
      Optional<StatusChange> status,
      Parts parts) {
    this.submission = submission;
    this.items = List.copyOf(items);
    this.rejections = List.copyOf(rejections);
    this.status = status;
    this.parts = parts;
    this.arrivedAt = submission.arrivedAt().truncatedTo(ChronoUnit.MILLIS);
  }

  /** All of a submission; readings that fit no row are rejected from the start. */
  static Pending of(Submission submission) {
    List<Item> items = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>(submission.rejections());
    for (Reading reading : submission.readings()) {
      Optional<String> problem = Fit.problemOf(reading);
      if (problem.isPresent()) {
        rejections.add(ReadingText.rejection(Reason.RANGE, problem.get(), reading));
      } else {
        items.add(new Item(reading));
      }
    }
    Parts parts = new Parts();
    parts.refuse(rejections.stream().skip(submission.rejections().size()).findFirst());
    return new Pending(submission, items, rejections, submission.status(), parts);
  }

  /**
   * The same as parts with one reading each; what else there is goes with the first. To be called
   * on whole submissions and on parts alike.
   */
  List<Pending> split() {
    if (items.size() <= 1) {
      return List.of(this);
    }
    List<Pending> split = new ArrayList<>();
    for (Item item : items) {
      boolean first = split.isEmpty();
      split.add(
          new Pending(
              submission,
              List.of(item),
              first ? rejections : List.of(),
              first ? status : Optional.empty(),
              parts));
    }
    parts.unsettled += items.size() - 1;
    return split;
  }

  /** The same with its readings rejected, because the database refuses them. */
  Pending refused(String detail) {
    List<Rejection> all = new ArrayList<>(rejections);
    for (Item item : items) {
      all.add(ReadingText.rejection(Reason.RANGE, detail, item.reading));
    }
    parts.refuse(all.stream().skip(rejections.size()).findFirst());
    return new Pending(submission, List.of(), all, status, parts);
  }

  /** It waits while later ones go on, among them perhaps its own repetition. */
  void overtake() {
    overtaken = true;
  }

  /** Whether its sender, or its own repetition that came first, may have it stored already. */
  boolean mayBeRepeated() {
    return overtaken || submission.repeated();
  }

  /** It is evaluated, perhaps again: only the last time counts. */
  void evaluating() {
    stored = 0;
    refusal = Optional.empty();
  }

  /** One of its readings is stored, now or before. */
  void store() {
    stored++;
  }

  /** One of its readings is not. */
  void refuse(Rejection why) {
    refusal = refusal.or(() -> Optional.of(why));
  }

  /** To be called once committed; returns whether the whole submission now is. */
  boolean settle() {
    parts.unsettled--;
    parts.stored += stored;
    parts.refuse(refusal);
    return parts.unsettled == 0;
  }

  /** Of a submission that is settled: why none of its readings is stored, if one could be. */
  Optional<Rejection> rejection() {
    return parts.stored == 0 ? parts.refusal : Optional.empty();
  }

  Submission submission() {
    return submission;
  }

  int sensorId() {
    return submission.sensorId();
  }

  /** Server time of arrival, in the precision in which it is stored. */
  Instant arrivedAt() {
    return arrivedAt;
  }

  List<Item> items() {
    return items;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  Optional<StatusChange> status() {
    return status;
  }
}
