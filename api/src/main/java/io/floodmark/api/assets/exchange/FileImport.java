package io.floodmark.api.assets.exchange;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.assets.Asset;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetStore;
import io.floodmark.api.assets.Change;
import io.floodmark.api.assets.files.AssetFile;
import io.floodmark.api.assets.files.FileProblemException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One list into the register: first {@link #check}, which writes nothing, then {@link #write} in
 * one transaction, which checks again, for the register may have changed, and stops at the first
 * problem. On one connection, by one thread; what the connection is doing is the caller's.
 */
public final class FileImport {
  /** Spells "import" in ASCII, as far as it fits: nobody else takes this lock by chance. */
  private static final long LOCK = 0x696d706f7274L;

  private final Connection connection;
  private final ImportPlan plan;

  /** An import on {@code connection}. */
  public FileImport(Connection connection, ImportPlan plan) {
    this.connection = connection;
    this.plan = plan;
  }

  /** Opens the list again from its beginning. */
  @FunctionalInterface
  public interface Source {
    /** The open file. */
    AssetFile open() throws IOException, FileProblemException, SQLException;
  }

  /** Takes what a dry run finds. */
  @FunctionalInterface
  public interface Finding {
    /** One problem, in the order of the rows. */
    void take(ImportProblem problem) throws IOException;
  }

  /** Is told now and then how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * So many rows are done.
     *
     * @throws ImportStopped to end it, with nothing written
     */
    void rows(int done) throws SQLException, ImportStopped;
  }

  /**
   * Whether this session now is the one that imports into this database; it is until it ends or
   * lets go. So a process that dies gives way at once.
   */
  static boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      query.setLong(1, LOCK);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  static void unlock(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT pg_advisory_unlock(?)")) {
      query.setLong(1, LOCK);
      query.executeQuery().close();
    }
  }

  /**
   * Makes this session the one that imports, until it ends.
   *
   * @throws ImportStopped if another one is
   */
  public static void lock(Connection connection) throws SQLException, ImportStopped {
    if (!tryLock(connection)) {
      throw new ImportStopped(ImportProblem.ofAll("exchange.problem.busy"));
    }
  }

  /**
   * Reads the whole list and writes nothing.
   *
   * @throws FileProblemException when the file cannot be read to its end
   */
  public ImportCounts check(Source source, ImportCounts counts, Finding finding, Progress progress)
      throws IOException, FileProblemException, SQLException, ImportStopped {
    try (AssetFile file = source.open()) {
      CheckedRows rows = new CheckedRows(file, plan, connection, true);
      for (var batch = rows.next(); !batch.isEmpty(); batch = rows.next()) {
        for (ImportRow row : batch) {
          counts.add(row);
          for (ImportProblem problem : row.problems()) {
            finding.take(problem);
          }
        }
        progress.rows(counts.rows());
      }
    }
    return counts;
  }

  /**
   * Writes all rows; the transaction is the caller's to commit, and to roll back after any
   * exception.
   *
   * @param subject of the entry in the audit log, as {@code import:12}
   * @throws ImportStopped at the first row that cannot be imported
   */
  public ImportCounts write(Source source, String subject, Change change, Progress progress)
      throws IOException, FileProblemException, SQLException, ImportStopped {
    ImportCounts counts = new ImportCounts();
    AssetStore store = new AssetStore(connection);
    try (AssetFile file = source.open()) {
      CheckedRows rows = new CheckedRows(file, plan, connection, false);
      for (var batch = rows.next(); !batch.isEmpty(); batch = rows.next()) {
        List<AssetContent> added = new ArrayList<>(batch.size());
        for (ImportRow row : batch) {
          counts.add(row);
          if (row.isBad()) {
            throw new ImportStopped(
                row.problems().stream().filter(p -> !p.warning()).findFirst().orElseThrow());
          }
          AssetContent content = row.content().orElseThrow();
          if (row.existing().isPresent()) {
            update(store, row, row.existing().get(), content, change);
          } else {
            added.add(content);
          }
        }
        if (!added.isEmpty()) {
          store.insertBatch(added, false, change);
        }
        progress.rows(counts.rows());
      }
    }
    AuditLog.add(
        connection,
        change.at(),
        change.caller(),
        "asset.import",
        subject,
        change.address(),
        Map.of(
            "rows", Integer.toString(counts.rows()),
            "added", Integer.toString(counts.added()),
            "changed", Integer.toString(counts.changed())));
    return counts;
  }

  private static void update(
      AssetStore store, ImportRow row, Asset asset, AssetContent content, Change change)
      throws SQLException, ImportStopped {
    if (store.update(asset.id(), asset.version(), content, change) != AssetStore.Written.DONE) {
      throw new ImportStopped(
          new ImportProblem(
              row.number(),
              java.util.Optional.empty(),
              content.ref().orElse(""),
              "exchange.problem.changedMeanwhile",
              Map.of(),
              false));
    }
  }
}
