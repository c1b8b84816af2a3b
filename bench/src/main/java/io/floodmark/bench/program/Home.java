package io.floodmark.bench.program;

import io.floodmark.schema.Database;
import io.floodmark.server.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a server under test keeps everything: a folder of its own with a database in it, or with
 * one elsewhere. It outlives the servers that are started over it, and goes when closed.
 */
public final class Home implements AutoCloseable {
  private final Path folder;
  private final Optional<Database> elsewhere;
  private final Drop drop;

  /** What is to be done with a database elsewhere. */
  interface Drop {
    void drop() throws IOException;
  }

  private Home(Path folder, Optional<Database> elsewhere, Drop drop) {
    this.folder = folder;
    this.elsewhere = elsewhere;
    this.drop = drop;
  }

  /** An empty one, in which the program makes a database of its own. */
  public static Home embedded() throws IOException {
    return new Home(Files.createTempDirectory("floodmark-bench"), Optional.empty(), () -> {});
  }

  /** An empty one with its database elsewhere. */
  static Home over(Database database, Drop drop) throws IOException {
    return new Home(Files.createTempDirectory("floodmark-bench"), Optional.of(database), drop);
  }

  /** Where files of a measurement go; it is deleted with the rest. */
  Path folder() {
    return folder;
  }

  Path dataDir() {
    return folder.resolve("floodmark-data");
  }

  Optional<Database> elsewhere() {
    return elsewhere;
  }

  /** Its database, while a server runs. */
  Database database() {
    return elsewhere.or(() -> EmbeddedPostgres.findRunning(dataDir())).orElseThrow();
  }

  @Override
  public void close() throws IOException {
    drop.drop();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
