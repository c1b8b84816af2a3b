package io.floodmark.api.assets.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Tells what a file is by how it begins. */
final class FileKind {
  private static final int HEAD_BYTES = 4_096;

  /** Beginnings that are not ours, as bytes in ISO 8859-1, and the sentence for each. */
  private static final Map<String, String> FOREIGN =
      Map.ofEntries(
          // [MS-CFB] §2.2: also workbooks locked with a password, and old Word files.
          Map.entry("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", ProblemKeys.FILE_OLD_EXCEL),
          Map.entry("%PDF-", ProblemKeys.FILE_PDF),
          Map.entry("\u0089PNG", ProblemKeys.FILE_IMAGE),
          Map.entry("\u00ff\u00d8\u00ff", ProblemKeys.FILE_IMAGE),
          Map.entry("GIF8", ProblemKeys.FILE_IMAGE),
          Map.entry("II*\0", ProblemKeys.FILE_IMAGE),
          Map.entry("MM\0*", ProblemKeys.FILE_IMAGE),
          Map.entry("{\\rtf", ProblemKeys.FILE_WORD),
          Map.entry("\u001f\u008b", ProblemKeys.FILE_ARCHIVE),
          Map.entry("Rar!", ProblemKeys.FILE_ARCHIVE),
          Map.entry("7z\u00bc\u00af", ProblemKeys.FILE_ARCHIVE));

  private FileKind() {}

  static FileFormat of(Path file) throws IOException, FileProblemException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> foreign : FOREIGN.entrySet()) {
      if (bytes.startsWith(foreign.getKey())) {
        throw new FileProblemException(foreign.getValue(), Map.of());
      }
    }
    if (bytes.startsWith("PK\u0003\u0004") || bytes.startsWith("PK\u0005\u0006")) {
      return ofZip(file);
    }
    boolean webp = bytes.startsWith("RIFF") && bytes.startsWith("WEBP", 8);
    boolean heic = bytes.startsWith("ftyp", 4);
    if (webp || heic) {
      throw new FileProblemException(ProblemKeys.FILE_IMAGE, Map.of());
    }
    return ofText(head);
  }

  private static FileFormat ofZip(Path file) throws IOException, FileProblemException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.getEntry("xl/workbook.xml") != null) {
        return FileFormat.XLSX;
      }
      boolean word = zip.getEntry("word/document.xml") != null;
      throw new FileProblemException(
          word ? ProblemKeys.FILE_WORD : ProblemKeys.FILE_ARCHIVE, Map.of());
    } catch (ZipException e) {
      throw new FileProblemException(ProblemKeys.XLSX_DAMAGED, Map.of(), e);
    }
  }

  private static FileFormat ofText(byte[] head) throws FileProblemException {
    Charset charset = StrictText.charset(head);
    String text = new String(head, charset);
    text = text.startsWith(StrictText.BOM) ? text.substring(1) : text;
    if (text.isBlank() && head.length < HEAD_BYTES) {
      throw new FileProblemException(ProblemKeys.FILE_EMPTY, Map.of());
    }
    // UTF-16 without a byte order mark ends here too: every second byte of it is 0.
    if (text.indexOf('\0') >= 0) {
      throw new FileProblemException(ProblemKeys.FILE_BINARY, Map.of());
    }
    String start = text.stripLeading();
    if (start.startsWith("<")) {
      throw new FileProblemException(ProblemKeys.FILE_MARKUP, Map.of());
    }
    return start.startsWith("{") ? FileFormat.GEOJSON : FileFormat.CSV;
  }
}
