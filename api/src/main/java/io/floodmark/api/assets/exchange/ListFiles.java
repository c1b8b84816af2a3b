package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.files.AssetFile;
import io.floodmark.api.assets.files.FileLimits;
import io.floodmark.api.assets.files.FileProblemException;
import io.floodmark.api.pages.Texts;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;

/** Lists that are sent to the pages, or wait behind them. Blocks; for database threads. */
final class ListFiles {
  /** Of a list that is sent. */
  static final int BYTES_MAX = 50_000_000;

  private static final FileLimits LIMITS = FileLimits.DEFAULT.withBytes(BYTES_MAX);
  private static final int NAME_MAX = 120;

  private final Path folder;

  /** Copies of them lie in {@code folder} while they are looked at. */
  ListFiles(Path folder) {
    this.folder = folder;
  }

  /** A browser may send a whole path, and anything else. */
  static String name(String sent) {
    String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    String clean = last.replaceAll("\\p{Cntrl}", "").strip();
    String name = clean.isEmpty() ? "file" : clean;
    return name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name;
  }

  /** Why this is no list, in a sentence; empty if it is one as far as its beginning tells. */
  String unreadable(Buffer content, Texts texts) {
    try (AssetFile file =
        AssetFile.open(
            new ByteArrayInputStream(content.getBytes()), Optional.empty(), LIMITS, folder)) {
      file.next();
      return "";
    } catch (FileProblemException e) {
      return ImportProblem.of(e).sentence(texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The beginning of a list that waits in the database. */
  FilePreview preview(Connection connection, long id, Optional<String> sheet)
      throws FileProblemException {
    try (StoredFile stored = new StoredFile(connection, id);
        AssetFile file = AssetFile.open(stored, sheet, LIMITS, folder)) {
      return FilePreview.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
