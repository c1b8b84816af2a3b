package io.floodmark.api.photos;

import java.util.Set;

/** The formats that are taken, told apart by their first bytes: a name or a media type may lie. */
enum PhotoFormat {
  JPEG,
  PNG,
  WEBP;

  static final String PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n";

  /** Brands of ISO/IEC 23008-12 Annex B (HEIF) and of AVIF 1.1 §6. */
  private static final Set<String> HEIF_BRANDS =
      Set.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "avif", "avis");

  static PhotoFormat of(byte[] sent) throws PhotoRefused {
    Bytes bytes = Bytes.of(sent);
    if (sent.length == 0) {
      throw new PhotoRefused(PhotoRefused.Reason.EMPTY, "no bytes");
    }
    if (bytes.reads(0, "\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (bytes.reads(0, PNG_SIGNATURE)) {
      return PNG;
    }
    if (bytes.reads(0, "RIFF") && bytes.reads(8, "WEBP")) {
      return WEBP;
    }
    if (isHeif(bytes)) {
      throw new PhotoRefused(PhotoRefused.Reason.HEIC, "HEIF or AVIF");
    }
    throw new PhotoRefused(PhotoRefused.Reason.NOT_A_PHOTO, "first bytes of no known format");
  }

  /** ISO/IEC 14496-12 §4.3: the box {@code ftyp} names the major brand, then compatible ones. */
  private static boolean isHeif(Bytes bytes) {
    if (!bytes.reads(4, "ftyp")) {
      return false;
    }
    long end = Math.min(Math.min(bytes.u32(0), bytes.length()), 128);
    for (int at = 8; at + 4 <= end; at += 4) {
      // Between major and compatible brands stands the version, which is none of the names.
      for (String brand : HEIF_BRANDS) {
        if (bytes.reads(at, brand)) {
          return true;
        }
      }
    }
    return false;
  }
}
