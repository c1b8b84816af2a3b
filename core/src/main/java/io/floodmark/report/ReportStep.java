package io.floodmark.report;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be done with a report: from which states it may be, and which state follows. */
public enum ReportStep {
  /** Staff have read it and take it on. */
  SCREEN(ReportState.SCREENED, "screened", ReportState.RECEIVED),
  /** It is given to a person; again, to another. */
  ASSIGN(
      ReportState.ASSIGNED,
      "assigned",
      ReportState.SCREENED,
      ReportState.ASSIGNED,
      ReportState.IN_PROGRESS),
  /** That person begins. */
  START(ReportState.IN_PROGRESS, "started", ReportState.ASSIGNED),
  /** It is done, with an answer. */
  FINISH(ReportState.DONE, "done", ReportState.ASSIGNED, ReportState.IN_PROGRESS),
  /** It is turned down, with a reason for the reporter. */
  REJECT(
      ReportState.REJECTED,
      "rejected",
      ReportState.RECEIVED,
      ReportState.SCREENED,
      ReportState.ASSIGNED,
      ReportState.IN_PROGRESS),
  /** Another report tells of the same. */
  MARK_DUPLICATE(
      ReportState.DUPLICATE,
      "duplicate",
      ReportState.RECEIVED,
      ReportState.SCREENED,
      ReportState.ASSIGNED,
      ReportState.IN_PROGRESS),
  /** What was over is taken up again. What the reporter withdrew stays withdrawn. */
  REOPEN(
      ReportState.SCREENED,
      "reopened",
      ReportState.DONE,
      ReportState.REJECTED,
      ReportState.DUPLICATE),
  /** The reporter takes it back. */
  WITHDRAW(
      ReportState.WITHDRAWN,
      "withdrawn",
      ReportState.RECEIVED,
      ReportState.SCREENED,
      ReportState.ASSIGNED,
      ReportState.IN_PROGRESS);

  private final ReportState after;
  private final String eventKind;

  @SuppressWarnings("ImmutableEnumChecker") // never changed after construction
  private final Set<ReportState> before;

  ReportStep(ReportState after, String eventKind, ReportState first, ReportState... more) {
    this.after = after;
    this.eventKind = eventKind;
    this.before = EnumSet.of(first, more);
  }

  /** The state that follows from {@code state}; empty where the step cannot be taken. */
  public Optional<ReportState> from(ReportState state) {
    return before.contains(state) ? Optional.of(after) : Optional.empty();
  }

  /** How the history calls it. */
  public String eventKind() {
    return eventKind;
  }

  /** As it stands in forms and addresses. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The step of that key. */
  public static Optional<ReportStep> find(String key) {
    return Arrays.stream(values()).filter(step -> step.key().equals(key)).findFirst();
  }
}
