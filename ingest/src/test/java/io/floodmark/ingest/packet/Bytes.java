package io.floodmark.ingest.packet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Packets byte by byte, from the tables of the specification, written apart from the reader. */
final class Bytes {
  private static final String LEVEL_5 = "0004 4d515454 05";

  private Bytes() {}

  /** Of hexadecimal digits in any grouping. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** A string with its length, in hexadecimal. */
  static String string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return String.format("%04x", utf8.length) + HexFormat.of().formatHex(utf8);
  }

  /** Bytes with a one-byte length before them, in hexadecimal. */
  static String counted(String digits) {
    return String.format("%02x", hex(digits).length) + digits;
  }

  /** The variable header and payload of a CONNECT of MQTT 5 with client id "c". */
  static String connect5(String properties) {
    return LEVEL_5 + "02 003c" + counted(properties) + string("c");
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
