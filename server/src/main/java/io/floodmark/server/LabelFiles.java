package io.floodmark.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;

/** The files that {@code asset labels} reads and writes. */
final class LabelFiles {
  private LabelFiles() {}

  /** What makes true what the written labels say. */
  @FunctionalInterface
  interface Commit {
    void run() throws SQLException;
  }

  /**
   * Reads numbers of assets, one a line; empty lines do not count.
   *
   * @throws Failure if it cannot be read, or there is none in it
   */
  static List<String> refs(Path file) {
    try {
      List<String> refs =
          Files.readString(file, StandardCharsets.UTF_8)
              .replaceFirst("^\uFEFF", "") // as Windows writes it
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (refs.isEmpty()) {
        throw new Failure(file + " holds no number. Write one a line.");
      }
      return refs;
    } catch (MalformedInputException e) {
      throw new Failure("%s is not in UTF-8. Save it so.".formatted(file), e);
    } catch (IOException e) {
      throw new Failure("Cannot read %s: %s.".formatted(file, DataFolder.reason(e)), e);
    }
  }

  /**
   * Sees to it that nobody's file is lost, and that there is a folder to write into.
   *
   * @throws Failure if there is a file and {@code force} is not given, or no folder
   */
  static void checkTarget(Path file, boolean force) {
    if (Files.isDirectory(file)) {
      throw new Failure("%s is a folder. Name a file.".formatted(file));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new Failure("The folder %s is not there. Make it first.".formatted(folder));
    }
    if (!force && Files.exists(file)) {
      throw new Failure(
          "%s is there already. Name another file, or overwrite it with --force.".formatted(file));
    }
  }

  /**
   * Writes a file as a whole, at a moment when what it says is true: it lies on the disk under a
   * passing name before {@code commit}, and gets its own after it.
   *
   * @throws Failure if it cannot be written; then nothing was committed, or the file lies under the
   *     name that the failure tells
   */
  static void write(byte[] content, Path file, boolean force, Commit commit) throws SQLException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    boolean committed = false;
    try {
      writeDurably(content, part);
      checkTarget(file, force);
      commit.run();
      committed = true;
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure(
          committed
              ? "The labels were written to %s, which cannot be renamed to %s: %s."
                  .formatted(part, file, DataFolder.reason(e))
              : "Cannot write %s: %s. Nothing was changed.".formatted(file, DataFolder.reason(e)),
          e);
    } finally {
      if (!committed) {
        deleteQuietly(part);
      }
    }
  }

  private static void writeDurably(byte[] content, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What made the writing fail tells more, and is on its way out.
    }
  }
}
