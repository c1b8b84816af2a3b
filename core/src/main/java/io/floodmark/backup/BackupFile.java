package io.floodmark.backup;

import io.floodmark.backup.Progress.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A backup that was written, to be looked at, checked and restored. For one thread. */
public final class BackupFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final ZipFile zip;
  private final Manifest manifest;

  private BackupFile(Path path, ZipFile zip, Manifest manifest) {
    this.path = path;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens it and reads what is in it.
   *
   * @throws BackupException if it is no backup, broken off, or of a newer kind
   * @throws IOException if it cannot be read
   */
  public static BackupFile open(Path path) throws BackupException, IOException {
    if (!Files.isRegularFile(path)) {
      throw new BackupException(path + " is not there, or no file. Name a backup.");
    }
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new BackupException(
          path + " is no backup, or only part of one. Take another; nothing was changed.", e);
    }
    try {
      return new BackupFile(path, zip, Manifest.of(manifestOf(path, zip)));
    } catch (IOException | BackupException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** What it holds. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * Reads all of it once, and holds it against its checksums.
   *
   * @throws BackupException if one byte is not as it was written
   */
  public void verify(Progress progress) throws BackupException, IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (Manifest.Table table : manifest.tables()) {
      long bytes = 0;
      try (Rows rows = rows(table)) {
        for (int n = rows.read(buffer); n >= 0; n = rows.read(buffer)) {
          bytes += n;
          progress.at(Step.CHECKING, table.name(), 0, false);
        }
        rows.requireWhole();
      } catch (ZipException e) {
        throw damaged(table.name(), e);
      }
      if (bytes != table.bytes()) {
        throw damaged(table.name(), null);
      }
      progress.at(Step.CHECKING, table.name(), table.rows(), true);
    }
  }

  /** The rows of {@code table}, in the text format of COPY. */
  Rows rows(Manifest.Table table) throws IOException, BackupException {
    ZipEntry entry = zip.getEntry(table.entry());
    if (entry == null) {
      throw damaged(table.name(), null);
    }
    return new Rows(table, zip.getInputStream(entry));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      // Every Java has it.
      throw new IllegalStateException(e);
    }
  }

  private BackupException damaged(String table, IOException cause) {
    return new BackupException(
        "%s is damaged: table %s is not as it was written. Take another backup; nothing was changed."
            .formatted(path, table),
        cause);
  }

  private static byte[] manifestOf(Path path, ZipFile zip) throws IOException, BackupException {
    ZipEntry entry = zip.getEntry(BackupWriter.MANIFEST);
    if (entry == null) {
      throw new BackupException(
          path + " is no backup of Floodmark's: it has no list of contents. Name another file.");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readAllBytes();
      // ZipFile itself does not look at it.
      CRC32 crc = new CRC32();
      crc.update(text);
      if (crc.getValue() == entry.getCrc()) {
        return text;
      }
      throw new BackupException(
          path + " is damaged: its list of contents is not as it was written. Take another.");
    } catch (ZipException e) {
      throw new BackupException(
          path + " is damaged: its list of contents cannot be read. Take another.", e);
    }
  }

  /** One table's entry, held against its checksum as it is read. */
  final class Rows extends InputStream {
    private final Manifest.Table table;
    private final DigestInputStream in;

    private Rows(Manifest.Table table, InputStream in) {
      this.table = table;
      this.in = new DigestInputStream(in, sha256());
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, length);
    }

    /** After the last byte. */
    void requireWhole() throws BackupException {
      if (!HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(table.sha256())) {
        throw damaged(table.name(), null);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
