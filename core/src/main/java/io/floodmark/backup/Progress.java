package io.floodmark.backup;

/**
 * Told now and then how far it is, on the thread that does the work. What it throws ends the work:
 * a backup then leaves no file, a restore no row.
 */
@FunctionalInterface
public interface Progress {
  /** What is being done. */
  enum Step {
    /** A table's rows are read from the database into the file. */
    COPYING,
    /** A table's rows in the file are read and held against their checksum. */
    CHECKING,
    /** A table's rows are written into the database. */
    RESTORING
  }

  /**
   * A table is under way or done.
   *
   * @param rows of it so far
   * @param done whether those are all
   */
  void at(Step step, String table, long rows, boolean done);
}
