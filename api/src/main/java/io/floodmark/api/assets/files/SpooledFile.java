package io.floodmark.api.assets.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file read from a stream, by way of a temporary file. */
final class SpooledFile implements AssetFile {
  private final Path copy;
  private final AssetFile file;

  private SpooledFile(Path copy, AssetFile file) {
    this.copy = copy;
    this.file = file;
  }

  static AssetFile open(InputStream in, Optional<String> sheet, FileLimits limits, Path folder)
      throws IOException, FileProblemException {
    Path copy = Files.createTempFile(folder, "floodmark-import-", ".part");
    boolean opened = false;
    try {
      copy(in, copy, limits);
      AssetFile file = new SpooledFile(copy, AssetFile.open(copy, sheet, limits));
      opened = true;
      return file;
    } finally {
      if (!opened) {
        Files.deleteIfExists(copy);
      }
    }
  }

  private static void copy(InputStream in, Path copy, FileLimits limits)
      throws IOException, FileProblemException {
    byte[] buffer = new byte[65_536];
    long bytes = 0;
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes += count;
        if (bytes > limits.bytes()) {
          throw AssetFile.tooLarge(limits);
        }
        out.write(buffer, 0, count);
      }
    }
  }

  @Override
  public FileFormat format() {
    return file.format();
  }

  @Override
  public Columns columns() {
    return file.columns();
  }

  @Override
  public List<String> sheets() {
    return file.sheets();
  }

  @Override
  public Optional<FileRow> next() throws IOException, FileProblemException {
    return file.next();
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
