package io.floodmark.api.assets.exchange;

import io.floodmark.api.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An import as it stands in the database.
 *
 * @param id of it
 * @param staffId who began it, if a person did
 * @param actor who began it, as the audit log names them
 * @param fileName as the browser said
 * @param hasFile whether the file still waits
 * @param kind of all rows; empty where a column says it
 * @param mapping of its columns, once somebody has looked at them
 * @param state where it is
 * @param rowsTotal once a dry run has counted them
 * @param rowsDone so far
 * @param rowsBad that cannot be imported
 * @param rowsWarned that deserve a look
 * @param rowsNew that bring a new asset
 * @param rowsChanged about registered assets
 * @param problems the first of them
 * @param createdAt when the file came
 * @param changedAt when it last moved
 */
public record ImportEntry(
    long id,
    OptionalInt staffId,
    String actor,
    String fileName,
    boolean hasFile,
    Optional<String> kind,
    Optional<ColumnMapping> mapping,
    ImportState state,
    OptionalInt rowsTotal,
    int rowsDone,
    int rowsBad,
    int rowsWarned,
    int rowsNew,
    int rowsChanged,
    List<ImportProblem> problems,
    Instant createdAt,
    Instant changedAt) {

  /** Whether a caller may see it: those limited to groups only what they began. */
  boolean isFor(Caller caller) {
    return caller.groups().isEmpty()
        || (caller.staffId().isPresent() && caller.staffId().equals(staffId));
  }

  /** Whether a dry run can begin. */
  public boolean canCheck() {
    return hasFile && !state.isRunning();
  }

  /** Whether it can be imported as it is. */
  public boolean canGo() {
    return hasFile && state == ImportState.CHECKED && rowsBad == 0 && rowsTotal.orElse(0) > 0;
  }

  /** The state's key. */
  public String stateKey() {
    return state.key();
  }

  /** Whether a thread is at work on it. */
  public boolean isRunning() {
    return state.isRunning();
  }
}
