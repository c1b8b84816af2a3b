package io.floodmark.server;

import io.floodmark.backup.Backup;
import io.floodmark.backup.BackupException;
import io.floodmark.backup.BackupFile;
import io.floodmark.backup.Manifest;
import io.floodmark.backup.Progress;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup}: everything, in one file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes a consistent copy of everything into a file, whether or not the server runs.",
    footer = {
      "",
      "The file holds personal data and secrets: only you may read it. Keep it as you keep passwords,",
      "and not on the disk that it is to replace. `restore FILE --check` looks whether it is whole."
    })
final class BackupCommand extends BackupTask {
  @Parameters(paramLabel = "FILE", description = "to be written, as floodmark-2026-11-22.backup")
  private Path file;

  @Option(names = "--force", description = "overwrites FILE, once the new one is complete")
  private boolean force;

  @Override
  void check(ServerConfig config) {
    LabelFiles.checkTarget(file, force);
    if (config.database().isEmpty() && EmbeddedPostgres.findKind(config.dataDir()).isEmpty()) {
      throw new Failure(
          "%s is no data folder of Floodmark's; there is nothing to back up. Name another with --data-dir, or a database with --db-url."
              .formatted(config.dataDir()));
    }
  }

  @Override
  void work(Database database, BooleanSupplier stopping) throws SQLException {
    Progress progress = new PrintedProgress(this::print, stopping);
    try {
      Manifest manifest =
          new Backup(database, surroundings().clock(), Build.CURRENT.floodmark())
              .write(file, progress);
      // What cannot be read again is no backup.
      try (BackupFile written = BackupFile.open(file)) {
        written.verify(progress);
      }
      print(
          "Written to %s: %s, %d kB.".formatted(file, contents(manifest), Files.size(file) / 1000));
    } catch (BackupException e) {
      throw new Failure(e.getMessage(), e);
    } catch (IOException e) {
      throw new Failure(
          "%s cannot be written: %s. There is no backup; make room, or name another place."
              .formatted(file, DataFolder.reason(e)),
          e);
    }
  }
}
