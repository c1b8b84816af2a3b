package io.floodmark.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a report stands. {@link ReportStep} leads from one to the next. */
public enum ReportState {
  /** Nobody has read it yet. */
  RECEIVED,
  /** Read and taken on. */
  SCREENED,
  /** Given to a person. */
  ASSIGNED,
  /** Being worked on. */
  IN_PROGRESS,
  /** Answered. */
  DONE,
  /** Turned down, with a reason. */
  REJECTED,
  /** Another report tells of the same. */
  DUPLICATE,
  /** Taken back by the reporter. */
  WITHDRAWN;

  /** Those that somebody still has to do something about, in their order. */
  public static final List<ReportState> OPEN = List.of(RECEIVED, SCREENED, ASSIGNED, IN_PROGRESS);

  /** Whether somebody still has to do something about it. */
  public boolean isOpen() {
    return OPEN.contains(this);
  }

  /** As it stands in the database. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that key. */
  public static Optional<ReportState> find(String key) {
    return Arrays.stream(values()).filter(state -> state.key().equals(key)).findFirst();
  }
}
