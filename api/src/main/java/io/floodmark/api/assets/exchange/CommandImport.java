package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.Change;
import io.floodmark.api.assets.files.FileProblemException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A list imported by a command, on its own connection, without a page to look at between. */
public final class CommandImport {
  private CommandImport() {}

  /**
   * Checks, and writes if no row is bad and {@code dryRun} does not hold it back.
   *
   * @param finding gets every problem
   * @throws ImportStopped if another import is under way, or it was stopped
   */
  public static ImportCounts run(
      Connection connection,
      ImportPlan plan,
      FileImport.Source source,
      boolean dryRun,
      Change change,
      FileImport.Finding finding,
      FileImport.Progress progress)
      throws IOException, FileProblemException, SQLException, ImportStopped {
    FileImport.lock(connection);
    connection.setAutoCommit(false);
    FileImport list = new FileImport(connection, plan);
    ImportCounts found = list.check(source, new ImportCounts(), finding, progress);
    if (dryRun || found.bad() > 0) {
      connection.rollback();
      return found;
    }
    ImportStore store = new ImportStore(connection);
    long id =
        store.addDone(
            plan.caller(), plan.listName(), plan.kind(), plan.mapping(), found, change.at());
    list.write(source, "import:" + id, change, progress);
    connection.commit();
    return found;
  }
}
