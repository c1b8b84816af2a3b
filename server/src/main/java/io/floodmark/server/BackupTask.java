package io.floodmark.server;

import io.floodmark.backup.Manifest;
import java.util.function.BooleanSupplier;

/** A command that has to do with a whole database, and with a file that holds one. */
abstract class BackupTask extends DatabaseTask {
  /**
   * Not migrated: what is copied may be an older program's, just before its upgrade; what is
   * restored brings its tables along.
   */
  @Override
  final CommandDatabase reach(ServerConfig config, BooleanSupplier stopping) {
    return CommandDatabase.asItIs(config, stopping);
  }

  /** What a backup holds, as part of a sentence. */
  static String contents(Manifest manifest) {
    return "%d rows of %d tables as of %s, schema %s"
        .formatted(
            manifest.rows(), manifest.tables().size(), manifest.takenAt(), manifest.schema());
  }
}
