package io.floodmark.api.photos;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Walks the segments of a JPEG (ITU-T T.81 Annex B) up to the end of its first picture and keeps
 * those that pixels need. What follows the end is not looked at. Used once, by one thread.
 */
final class JpegParts {
  /** A progressive photo has about ten. Each costs a pass over all pixels, however short it is. */
  private static final int SCANS_MAX = 100;

  private static final int PROFILE_BYTES_MAX = 1 << 20;

  private static final int SOF0 = 0xc0;
  private static final int SOF2 = 0xc2;
  private static final int DHT = 0xc4;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DRI = 0xdd;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COM = 0xfe;

  private static final String EXIF = "Exif\0\0";
  private static final String ICC = "ICC_PROFILE\0";

  /** APP0 as JFIF 1.02 wants it, without thumbnail: says that three components are YCbCr. */
  private static final String JFIF = "\u00ff\u00e0\0\u0010JFIF\0\u0001\u0002\0\0\u0001\0\u0001\0\0";

  private final Bytes sent;
  private final ByteArrayOutputStream kept;
  private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
  private Optional<Bytes> exif = Optional.empty();
  private Optional<Bytes> adobe = Optional.empty();
  private Optional<Bytes> frame = Optional.empty();
  private boolean progressive;
  private int scans;
  private long scanBytes;

  private JpegParts(Bytes sent) {
    this.sent = sent;
    this.kept = new ByteArrayOutputStream(sent.length() + JFIF.length());
  }

  static BarePhoto bare(byte[] sent) throws PhotoRefused {
    return new JpegParts(Bytes.of(sent)).walk();
  }

  private BarePhoto walk() throws PhotoRefused {
    int at = 2;
    while (true) {
      if (!sent.holds(at, 2) || sent.u8(at) != 0xff) {
        throw PhotoRefused.damaged("no marker at byte " + at);
      }
      int marker = sent.u8(at + 1);
      if (marker == 0xff) {
        // Fill, §B.1.1.2.
        at++;
      } else if (marker == EOI) {
        return photo();
      } else {
        at = segment(at, marker);
      }
    }
  }

  /** Takes the segment whose marker is at {@code at}; returns where the next marker is. */
  private int segment(int at, int marker) throws PhotoRefused {
    boolean hasLength = marker >= SOF0 && !(marker >= RST0 && marker <= SOI);
    if (!hasLength || !sent.holds(at, 4) || sent.u16(at + 2) < 2) {
      throw PhotoRefused.damaged("marker " + marker + " at byte " + at);
    }
    int end = at + 2 + sent.u16(at + 2);
    if (end > sent.length()) {
      throw PhotoRefused.damaged("cut off within a segment");
    }
    Bytes content = sent.part(at + 4, end - at - 4);
    switch (marker) {
      case APP1 -> {
        if (exif.isEmpty() && content.reads(0, EXIF)) {
          exif = Optional.of(content.part(EXIF.length(), content.length() - EXIF.length()));
        }
      }
      case APP2 -> addToProfile(content);
      case APP14 -> {
        if (content.reads(0, "Adobe") && content.length() == 12) {
          adobe = Optional.of(sent.part(at, end - at));
        }
      }
      case DQT, DHT, DRI -> keep(at, end);
      case SOS -> {
        end = endOfScan(end);
        keep(at, end);
      }
      default -> {
        if (marker <= 0xcf) {
          setFrame(at, end, marker, content);
        } else if (!(marker >= 0xe0 && marker <= APP15) && marker != COM) {
          throw PhotoRefused.unusual("marker " + marker);
        }
      }
    }
    return end;
  }

  private void setFrame(int at, int end, int marker, Bytes content) throws PhotoRefused {
    if (marker > SOF2) {
      throw PhotoRefused.unusual("lossless, hierarchical or arithmetic JPEG");
    }
    if (frame.isPresent() || scans > 0) {
      throw PhotoRefused.damaged("a second frame");
    }
    if (content.length() < 6 || content.length() != 6 + 3 * content.u8(5)) {
      throw PhotoRefused.damaged("frame header of " + content.length() + " bytes");
    }
    if (content.u8(5) == 4) {
      throw new PhotoRefused(PhotoRefused.Reason.PRINT_COLOURS, "four components");
    }
    if (content.u8(0) != 8 || (content.u8(5) != 1 && content.u8(5) != 3)) {
      throw PhotoRefused.unusual("precision or number of components");
    }
    if (content.u16(1) == 0 || content.u16(3) == 0) {
      throw PhotoRefused.damaged("no height or width");
    }
    progressive = marker == SOF2;
    frame = Optional.of(content);
    keep(at, end);
  }

  /** §B.1.1.5: in a scan, 0xff means a marker unless 0 or a restart follows. */
  private int endOfScan(int from) throws PhotoRefused {
    scans++;
    if (frame.isEmpty() || scans > SCANS_MAX) {
      throw PhotoRefused.damaged(frame.isEmpty() ? "a scan before the frame" : "too many scans");
    }
    for (int at = from; at + 1 < sent.length(); at++) {
      if (sent.u8(at) == 0xff) {
        int next = sent.u8(at + 1);
        if (next != 0 && next != 0xff && !(next >= RST0 && next <= RST7)) {
          scanBytes += at - from;
          return at;
        }
      }
    }
    throw PhotoRefused.damaged("cut off within the pixels");
  }

  private void keep(int from, int end) {
    kept.write(sent.array(), sent.offset() + from, end - from);
  }

  /** ICC.1:2022 Annex B.4: name, number of this part, number of parts; in practice in order. */
  private void addToProfile(Bytes content) {
    int header = ICC.length() + 2;
    if (content.reads(0, ICC)
        && content.length() >= header
        && profile.size() + content.length() <= PROFILE_BYTES_MAX) {
      profile.write(content.array(), content.offset() + header, content.length() - header);
    }
  }

  private BarePhoto photo() throws PhotoRefused {
    if (frame.isEmpty() || scans == 0) {
      throw PhotoRefused.damaged("a JPEG without a picture");
    }
    Bytes f = frame.get();
    int width = f.u16(3);
    int height = f.u16(1);
    int components = f.u8(5);
    // However it is sampled, a component has a block for each square of 32 pixels, and a block
    // takes a bit or more (§A.1.1, §F.1.2). With fewer the header lies.
    long squares = ((width + 31L) / 32) * ((height + 31L) / 32);
    if (scanBytes * 8 < squares) {
      throw PhotoRefused.damaged("fewer bytes than the size it claims needs");
    }
    boolean whole = progressive || scans > 1;
    PhotoHeader header = new PhotoHeader(PhotoFormat.JPEG, width, height, components, whole);
    return new BarePhoto(
        header,
        Bytes.of(file(components, f)),
        exif,
        components == 3 && profile.size() > 0
            ? Optional.of(Bytes.of(profile.toByteArray()))
            : Optional.empty());
  }

  private byte[] file(int components, Bytes f) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(kept.size() + 32);
    file.write(0xff);
    file.write(SOI);
    boolean namedRgb = components == 3 && f.u8(6) == 'R' && f.u8(9) == 'G' && f.u8(12) == 'B';
    if (adobe.isPresent()) {
      Bytes segment = adobe.get();
      file.write(segment.array(), segment.offset(), segment.length());
    } else if (!namedRgb) {
      // Else the JDK guesses by the sampling, and takes an unsampled YCbCr for RGB.
      for (int i = 0; i < JFIF.length(); i++) {
        file.write(JFIF.charAt(i));
      }
    }
    file.writeBytes(kept.toByteArray());
    file.write(0xff);
    file.write(EOI);
    return file.toByteArray();
  }
}
