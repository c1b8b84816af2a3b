package io.floodmark.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file of a backup while it is written: a zip, so that any machine can look into it, with the
 * manifest last. Under the name {@code FILE.part} until {@link #finish}.
 */
final class BackupWriter implements AutoCloseable {
  static final String MANIFEST = "manifest.json";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final ZipOutputStream zip;
  private boolean finished;

  BackupWriter(Path file) throws IOException {
    this.file = file.toAbsolutePath();
    part = this.file.resolveSibling(file.getFileName() + ".part");
    // A predecessor's that was killed; made anew, so that nobody else has it open.
    Files.deleteIfExists(part);
    channel =
        FileChannel.open(
            part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(part));
    zip =
        new ZipOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
    // The database's own work and the disk are to be what it waits for.
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** The rows of one table on their way into the file. */
  final class Entry {
    private final Catalog.Table table;
    private final MessageDigest digest = BackupFile.sha256();
    private final BufferedOutputStream out = new BufferedOutputStream(zip, BUFFER_BYTES);
    private long rows;
    private long bytes;

    private Entry(Catalog.Table table) {
      this.table = table;
    }

    void add(byte[] row) throws IOException {
      digest.update(row);
      out.write(row);
      rows++;
      bytes += row.length;
    }

    long rows() {
      return rows;
    }

    Manifest.Table end() throws IOException {
      out.flush();
      zip.closeEntry();
      return new Manifest.Table(
          table.name(), table.columns(), rows, bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }

  Entry begin(Catalog.Table table) throws IOException {
    zip.putNextEntry(
        new ZipEntry(new Manifest.Table(table.name(), table.columns(), 0, 0, "").entry()));
    return new Entry(table);
  }

  /**
   * Writes the manifest, sees to it that everything is on the disk, and gives the file its name.
   */
  void finish(Manifest manifest) throws IOException {
    zip.putNextEntry(new ZipEntry(MANIFEST));
    zip.write(manifest.toJson());
    zip.closeEntry();
    zip.finish();
    zip.flush();
    channel.force(true);
    zip.close();
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    finished = true;
    forceName();
  }

  /** Leaves nothing behind unless it was finished. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      channel.close();
      Files.deleteIfExists(part);
    }
  }

  /** That a file has another name now stands in its folder. */
  private void forceName() throws IOException {
    if (isPosix(file)) {
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  private static FileAttribute<?>[] mode(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
