package io.floodmark.api.assets.files;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks through a whole workbook, in a stream, before it is given to the library that reads it. The
 * sizes that a zip declares can lie, so every part is unpacked and counted. The library trusts the
 * addresses of cells, too: one cell said to be in column {@code ZZZZZZ} would fill the memory.
 */
final class XlsxGuard {
  private static final int SMALL_PART_BYTES = 1_000_000;

  /**
   * A buffer's worth of bytes without a tag: no text or attribute of a real workbook is so long.
   */
  private static final int TAGLESS_BYTES_MAX = 1_000_000;

  /** 32,767 characters of text and 8,192 of formula are what Excel allows in a cell. */
  private static final int CELL_CHARS_MAX = 40_959;

  private static final int CELLS_IN_ROW_MAX = 16_384;
  private static final Pattern ADDRESS = Pattern.compile("\\$?[A-Za-z]{1,3}\\$?\\d{1,7}");

  /**
   * What the library gathers in memory has no business in a sheet, the one part without a limit.
   */
  private static final Set<String> GATHERED =
      Set.of("si", "sst", "xf", "numFmt", "sheet", "Relationship", "Override");

  private static final XMLInputFactory XML = xmlFactory();

  private final FileLimits limits;
  private boolean epoch1904;

  private XlsxGuard(FileLimits limits) {
    this.limits = limits;
  }

  private static XMLInputFactory xmlFactory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /**
   * Looks through a workbook.
   *
   * @return what it found on its way
   * @throws FileProblemException when the workbook is not to be read
   */
  static XlsxGuard check(Path file, FileLimits limits) throws IOException, FileProblemException {
    XlsxGuard guard = new XlsxGuard(limits);
    guard.checkParts(file);
    return guard;
  }

  /**
   * Whether dates count from 1904, as old Macs have it. The library knows {@code date1904="true"}
   * only; Excel writes {@code "1"}.
   */
  boolean epoch1904() {
    return epoch1904;
  }

  private void checkParts(Path file) throws IOException, FileProblemException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > limits.zipEntries()) {
        throw new FileProblemException(ProblemKeys.XLSX_DAMAGED, Map.of());
      }
      long left = limits.unpackedBytes();
      for (Enumeration<? extends ZipEntry> parts = zip.entries(); parts.hasMoreElements(); ) {
        left -= checkPart(zip, parts.nextElement(), left);
      }
    } catch (TooLargeException e) {
      throw tooLarge(limits, e);
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof TooLargeException
          ? tooLarge(limits, e)
          : new FileProblemException(ProblemKeys.XLSX_DAMAGED, Map.of(), e);
    } catch (ZipException | EOFException e) {
      throw new FileProblemException(ProblemKeys.XLSX_DAMAGED, Map.of(), e);
    }
  }

  private static FileProblemException tooLarge(FileLimits limits, Exception cause) {
    return new FileProblemException(
        ProblemKeys.XLSX_UNPACKED,
        Map.of("limit", Long.toString(limits.unpackedBytes() / 1_000_000)),
        cause);
  }

  /** The unpacked bytes of a part. */
  private long checkPart(ZipFile zip, ZipEntry part, long left)
      throws IOException, XMLStreamException {
    long packed = Math.max(1, part.getCompressedSize());
    long max = Math.min(left, Math.max(SMALL_PART_BYTES, packed * limits.unpackedRatio()));
    byte[] start;
    try (InputStream in = zip.getInputStream(part)) {
      start = in.readNBytes(2);
    }
    try (InputStream in = zip.getInputStream(part)) {
      Counted counted = new Counted(in, max);
      if (start.length == 2 && mayBeXml(start)) {
        counted.watchTags();
        checkXml(counted);
      }
      counted.transferTo(OutputStream.nullOutputStream());
      return counted.bytes;
    }
  }

  /** A tag, white space, a byte order mark or half a letter of UTF-16. */
  private static boolean mayBeXml(byte[] start) {
    int first = start[0] & 0xFF;
    int second = start[1] & 0xFF;
    return "< \t\r\n\0".indexOf(first) >= 0
        || (first == 0xEF && second == 0xBB)
        || (first == 0xFE && second == 0xFF)
        || (first == 0xFF && second == 0xFE);
  }

  private void checkXml(Counted counted) throws XMLStreamException, TooLargeException {
    XMLStreamReader xml = XML.createXMLStreamReader(counted);
    boolean sheet = false;
    boolean root = true;
    long cells = 0;
    long chars = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = xml.getLocalName();
          sheet = root ? name.equals("worksheet") : sheet;
          root = false;
          epoch1904 |= name.equals("workbookPr") && isTrue(xml.getAttributeValue(null, "date1904"));
          cells = name.equals("row") ? 0 : name.equals("c") ? cells + 1 : cells;
          chars = name.equals("c") ? 0 : chars;
          refuseIf(sheet && GATHERED.contains(name));
          refuseIf(cells > CELLS_IN_ROW_MAX);
          refuseIf(name.equals("c") && !addressIsGood(xml));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          chars += sheet ? xml.getTextLength() : 0;
          refuseIf(chars > CELL_CHARS_MAX && cells > 0);
        }
        // ECMA-376 part 2 forbids them in a package.
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> refuseIf(true);
        default -> {
          // Ends, comments and instructions hold nothing that is gathered.
        }
      }
      if (!sheet && counted.bytes > limits.sharedBytes()) {
        throw new TooLargeException();
      }
    }
  }

  /** ECMA-376 part 1 has xsd:boolean. */
  private static boolean isTrue(String value) {
    return "1".equals(value) || "true".equals(value);
  }

  private static boolean addressIsGood(XMLStreamReader cell) {
    for (int i = 0; i < cell.getAttributeCount(); i++) {
      if (cell.getAttributeLocalName(i).equals("r")
          && !ADDRESS.matcher(cell.getAttributeValue(i)).matches()) {
        return false;
      }
    }
    return true;
  }

  private static void refuseIf(boolean bad) throws XMLStreamException {
    if (bad) {
      throw new XMLStreamException("A part of the workbook is not as ECMA-376 has it.");
    }
  }

  /** That a part unpacks to more than it may. */
  private static final class TooLargeException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("A part of the workbook unpacks to more than it may.");
    }
  }

  /** Counts unpacked bytes while they are read. */
  private static final class Counted extends FilterInputStream {
    private final long max;
    private long bytes;
    private boolean watchesTags;
    private int tagless;

    Counted(InputStream in, long max) {
      super(in);
      this.max = max;
    }

    /** Left to its opener: the XML parser closes at the end of the document, not of the part. */
    @Override
    public void close() {
      watchesTags = false;
    }

    void watchTags() {
      watchesTags = true;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      bytes += Math.max(0, count);
      for (int i = offset; watchesTags && i < offset + count; i++) {
        tagless = buffer[i] == '<' ? 0 : tagless + 1;
        if (tagless > TAGLESS_BYTES_MAX) {
          throw new TooLargeException();
        }
      }
      if (bytes > max) {
        throw new TooLargeException();
      }
      return count;
    }
  }
}
