package io.floodmark.api.assets.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Text files in UTF-8, or in UTF-16 with a byte order mark, as Excel's “Unicode text” is. Another
 * encoding is never guessed and read: a wrong guess would spoil Vietnamese names in silence.
 */
final class StrictText {
  static final String BOM = "\uFEFF";

  private StrictText() {}

  static Charset charset(byte[] head) {
    if (head.length >= 2 && (head[0] & 0xFF) == 0xFE && (head[1] & 0xFF) == 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    if (head.length >= 2 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xFF) == 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  private static CharsetDecoder decoder(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return charset(in.readNBytes(2))
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
  }

  /**
   * The text behind the byte order mark. Reading fails with a {@link CharacterCodingException}
   * where the bytes are of another encoding; then {@link #wrongEncoding} says where.
   */
  static BufferedReader reader(Path file) throws IOException, FileProblemException {
    CharsetDecoder decoder = decoder(file);
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder));
    try {
      reader.mark(1);
      if (reader.read() != BOM.charAt(0)) {
        reader.reset();
      }
      return reader;
    } catch (CharacterCodingException e) {
      reader.close();
      throw wrongEncoding(file);
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** The line of the first byte that is of another encoding, and which that likely is. */
  static FileProblemException wrongEncoding(Path file) throws IOException {
    CharsetDecoder decoder = decoder(file);
    ByteBuffer bytes = ByteBuffer.allocate(65_536);
    CharBuffer chars = CharBuffer.allocate(65_536);
    long line = 1;
    try (InputStream in = Files.newInputStream(file)) {
      boolean end = false;
      while (!end) {
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = count < 0;
        bytes.position(bytes.position() + Math.max(count, 0)).flip();
        CoderResult result = decoder.decode(bytes, chars, end);
        chars.flip();
        line += chars.chars().filter(c -> c == '\n').count();
        chars.clear();
        if (result.isError()) {
          break;
        }
        bytes.compact();
      }
    }
    return new FileProblemException(
        ProblemKeys.FILE_ENCODING, Map.of("row", Long.toString(line), "guess", guess(bytes)));
  }

  /**
   * Windows-1258 writes tones as letters of their own after the vowel and has đ, ơ, ư where
   * Windows-1252 has the rarer ð, õ, ý.
   */
  private static String guess(ByteBuffer rest) {
    int vietnamese = 0;
    int letters = 0;
    while (rest.hasRemaining()) {
      int value = rest.get() & 0xFF;
      letters += value >= 0xC0 ? 1 : 0;
      vietnamese +=
          switch (value) {
            case 0xCC, 0xD2, 0xDE, 0xEC, 0xF2, 0xF0, 0xF5, 0xFD -> 1;
            default -> 0;
          };
    }
    return vietnamese * 4 > letters ? "Windows-1258" : "Windows-1252";
  }
}
