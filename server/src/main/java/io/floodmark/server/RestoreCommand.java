package io.floodmark.server;

import io.floodmark.backup.BackupException;
import io.floodmark.backup.BackupFile;
import io.floodmark.backup.Manifest;
import io.floodmark.backup.Restore;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: a backup, into an empty database. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Brings a backup into an empty database: a new --data-dir, or a new one at --db-url.",
    footer = {
      "",
      "The backup may come from the embedded database, PostgreSQL or TimescaleDB, and from an older",
      "Floodmark. It is checked before anything is written, and comes in whole or not at all."
    })
final class RestoreCommand extends BackupTask {
  @Parameters(paramLabel = "FILE", description = "that `backup` has written")
  private Path file;

  @Option(names = "--check", description = "only looks whether FILE is whole, and what it holds")
  private boolean checkOnly;

  @Override
  void check(ServerConfig config) {
    try (BackupFile backup = BackupFile.open(file)) {
      backup.verify((step, table, rows, done) -> {});
      Manifest manifest = backup.manifest();
      print(
          "%s is whole: %s, by Floodmark %s on %s."
              .formatted(file, contents(manifest), manifest.product(), manifest.engine()));
    } catch (BackupException e) {
      throw new Failure(e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  boolean needsDatabase() {
    return !checkOnly;
  }

  @Override
  void work(Database database, BooleanSupplier stopping) throws SQLException {
    try (BackupFile backup = BackupFile.open(file)) {
      new Restore(database, surroundings().clock())
          .from(backup, new PrintedProgress(this::print, stopping));
      print("Restored into %s. `serve` goes on from there.".formatted(place()));
    } catch (BackupException e) {
      throw new Failure(e.getMessage(), e);
    } catch (FlywayException e) {
      throw new Failure("The tables cannot be laid: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Failure unreadable(IOException e) {
    return new Failure("%s cannot be read: %s.".formatted(file, DataFolder.reason(e)), e);
  }
}
