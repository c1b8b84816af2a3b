/**
 * From submissions to committed rows, in reading order: {@link
 * io.floodmark.ingest.commit.CommitQueue} hands over, {@link io.floodmark.ingest.commit.CommitLoop}
 * gathers what came while the last commit ran, {@code ReadingStore} commits it in one transaction,
 * for which {@code Batch} and {@code Evaluation} say what it comes to, and the loop settles it.
 * {@link io.floodmark.ingest.commit.Timers} does what time alone does.
 */
package io.floodmark.ingest.commit;
