package io.floodmark.api.photos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.floodmark.api.photos.PhotoRefused.Reason;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class PhotoRefusedTest {
  private static final byte[] JPEG = SentFiles.jpeg(SentFiles.quarters(64, 64));
  private static final byte[] PNG = SentFiles.file(SentFiles.quarters(64, 64), "png");

  private final PhotoIntake intake = new PhotoIntake(PhotoLimits.DEFAULT, ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This is a text named photo.jpg",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<?xml version='1.0'?><svg onload='alert(1)'/>",
        "<!DOCTYPE html><html></html>",
        "%PDF-1.7\n",
        "GIF89a\1\0\1\0\0\0\0;",
        "PK\3\4",
        "\0\0\0\30ftypmp42\0\0\0\0mp42isom",
        "RIFF\4\0\0\0WAVE",
        "BM",
        "\u00ff",
        " \u00ff\u00d8\u00ff"
      })
  void whatIsNoPhotoIsRefusedWhateverItsName(String content) {
    assertRefused(Reason.NOT_A_PHOTO, SentFiles.bytes(content));
  }

  @Test
  void nothingIsRefused() {
    assertRefused(Reason.EMPTY, new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\30ftypheic\0\0\0\0mif1heic",
        "\0\0\0\34ftypmif1\0\0\0\0mif1heicmiaf",
        "\0\0\0\34ftypavif\0\0\0\0avifmif1miaf",
        "\0\0\0\30ftypmsf1\0\0\0\0msf1hevc"
      })
  void anIphonesOwnFormatIsRefusedWithItsOwnHint(String content) {
    assertRefused(Reason.HEIC, SentFiles.bytes(content));
  }

  @Test
  void moreBytesThanTakenAreRefused() {
    assertRefused(Reason.TOO_MANY_BYTES, Arrays.copyOf(JPEG, 12_000_001));
  }

  @Test
  void aHeaderThatClaimsTooMuchIsRefusedBeforeAnythingIsDecoded() throws PhotoRefused {
    byte[] idat = SentFiles.chunk("IDAT", SentFiles.deflated(new byte[1000]));
    byte[] jpeg = JPEG.clone();
    setJpegSize(jpeg, 60_000, 60_000);
    intake.accept(JPEG);

    long before = allocatedBytes();
    assertRefused(Reason.TOO_MANY_PIXELS, SentFiles.png(30_000, 30_000, 8, 2, idat));
    assertRefused(Reason.TOO_MANY_PIXELS, SentFiles.png(12_001, 1, 8, 2, idat));
    assertRefused(Reason.TOO_MANY_PIXELS, SentFiles.png(10_000, 6_000, 8, 2, idat));
    assertRefused(Reason.TOO_MANY_PIXELS, SentFiles.lossyWebp(16_383, 16_383));
    assertRefused(Reason.TOO_MANY_PIXELS_FOR_KIND, SentFiles.lossyWebp(4_000, 3_000));
    assertRefused(Reason.DAMAGED, jpeg);
    assertRefused(Reason.DAMAGED, SentFiles.png(0, 1, 8, 2, idat));
    assertRefused(Reason.DAMAGED, SentFiles.png(-1, 1, 8, 2, idat));
    assertTrue(allocatedBytes() - before < 2_000_000);
  }

  @Test
  void pixelsThatInflateWithoutEndAreReadNoFurtherThanThePicture() throws PhotoRefused {
    byte[] bomb = SentFiles.chunk("IDAT", SentFiles.deflated(new byte[100_000_000]));
    byte[] sent = SentFiles.png(10, 10, 8, 2, bomb);

    long before = allocatedBytes();
    assertEquals(10, intake.accept(sent).picture().widthPx());
    assertTrue(allocatedBytes() - before < 10_000_000);
  }

  @Test
  void textsAndProfilesThatInflateWithoutEndAreNotInflated() throws PhotoRefused {
    byte[] bomb = SentFiles.deflated(new byte[200_000_000]);
    byte[] text = SentFiles.join(SentFiles.bytes("Comment\0\0"), bomb);
    byte[] profile = SentFiles.join(SentFiles.bytes("x\0\0"), bomb);
    byte[] sent = SentFiles.withChunk(SentFiles.withChunk(PNG, "zTXt", text), "iCCP", profile);

    long before = allocatedBytes();
    assertEquals(64, intake.accept(sent).picture().widthPx());
    assertTrue(allocatedBytes() - before < 10_000_000);
  }

  @Test
  void aLargePictureOfNothingIsTakenInBoundedMemory() throws PhotoRefused {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    rows.writeBytes(new byte[7_000 * (1 + 7_000 * 3)]);
    byte[] sent =
        SentFiles.png(
            7_000, 7_000, 8, 2, SentFiles.chunk("IDAT", SentFiles.deflated(rows.toByteArray())));

    long before = allocatedBytes();
    assertEquals(1600, intake.accept(sent).picture().widthPx());
    assertTrue(allocatedBytes() - before < 250_000_000);
  }

  @Test
  void moreScansThanAnyPhotoHasAreRefused() {
    int sos = indexOf(JPEG, 0xda);
    byte[] scan = Arrays.copyOfRange(JPEG, sos, JPEG.length - 2);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.write(JPEG, 0, sos);
    for (int i = 0; i < 101; i++) {
      sent.writeBytes(scan);
    }
    sent.writeBytes(SentFiles.bytes("\u00ff\u00d9"));
    assertRefused(Reason.DAMAGED, sent.toByteArray());
  }

  @Test
  void aJpegCutOffAnywhereIsRefused() {
    for (int length = 3; length < JPEG.length; length++) {
      assertRefused(Reason.DAMAGED, Arrays.copyOf(JPEG, length));
    }
  }

  @Test
  void aPngCutOffAnywhereIsRefused() {
    for (int length = 8; length < PNG.length; length++) {
      assertRefused(Reason.DAMAGED, Arrays.copyOf(PNG, length));
    }
  }

  @Test
  void aWebpCutOffAnywhereIsRefused() {
    for (int length = 12; length < SentFiles.LOSSY_WEBP.length; length++) {
      assertRefused(Reason.DAMAGED, Arrays.copyOf(SentFiles.LOSSY_WEBP, length));
    }
  }

  @Test
  void aLosslessOrTransparentWebpIsRefusedForWhatItsDecoderMayTake() {
    byte[] picture = Arrays.copyOfRange(SentFiles.LOSSY_WEBP, 12, SentFiles.LOSSY_WEBP.length);
    byte[] lossless = SentFiles.webpChunk("VP8L", SentFiles.bytes("/\0\0\0\0\0"));
    byte[] alpha = SentFiles.webpChunk("ALPH", new byte[9]);
    assertRefused(Reason.UNUSUAL, SentFiles.webp(lossless));
    assertRefused(Reason.UNUSUAL, SentFiles.webp(alpha, picture));
  }

  @Test
  void anAnimationIsRefused() {
    byte[] animation =
        SentFiles.webp(
            SentFiles.webpChunk("VP8X", SentFiles.bytes("\2\0\0\0\37\0\0\17\0\0")),
            SentFiles.webpChunk("ANIM", new byte[6]),
            SentFiles.webpChunk("ANMF", new byte[40]));
    assertRefused(Reason.ANIMATED, animation);
  }

  @Test
  void coloursForPrintAreRefused() {
    byte[] frame = SentFiles.bytes("\10\0\10\0\10\4\1\21\0\2\21\0\3\21\0\4\21\0");
    byte[] sent = SentFiles.join(SentFiles.bytes("\u00ff\u00d8"), SentFiles.segment(0xc0, frame));
    assertRefused(Reason.PRINT_COLOURS, sent);
  }

  @Test
  void anArithmeticJpegIsRefused() {
    byte[] sent = JPEG.clone();
    sent[indexOf(sent, 0xc0) + 1] = (byte) 0xc9;
    assertRefused(Reason.UNUSUAL, sent);
  }

  @Test
  void aSecondFileBehindAPhotoIsRefused() {
    List<byte[]> trailers =
        List.of(
            SentFiles.zip(),
            SentFiles.bytes("<script>alert(1)</script>"),
            SentFiles.bytes("<!DOCTYPE HTML>\n<HTML><body>"),
            SentFiles.bytes("<?php system($_GET[0]);"),
            SentFiles.bytes("<SVG onload=alert(1)>"),
            SentFiles.bytes("%PDF-1.4\n1 0 obj"),
            SentFiles.bytes("Rar!\32\7\1\0"),
            SentFiles.bytes("7z\u00bc\u00af'\34\0\4"));
    for (byte[] trailer : trailers) {
      for (byte[] photo : List.of(JPEG, PNG, SentFiles.LOSSY_WEBP)) {
        assertRefused(Reason.FOREIGN_CONTENT, SentFiles.join(photo, trailer));
        assertRefused(Reason.FOREIGN_CONTENT, SentFiles.join(photo, new byte[100_000], trailer));
      }
    }
  }

  @Test
  void aSecondFileInsideAPhotosNotesIsRefused() {
    byte[] script = SentFiles.bytes("x\0<script src=//a.b></script>");
    assertRefused(Reason.FOREIGN_CONTENT, SentFiles.withSegment(JPEG, 0xfe, script));
    assertRefused(Reason.FOREIGN_CONTENT, SentFiles.withSegment(JPEG, 0xe1, SentFiles.zip()));
    assertRefused(Reason.FOREIGN_CONTENT, SentFiles.withChunk(PNG, "tEXt", script));
    byte[] comment = new byte[0x2f2a - 2];
    assertRefused(Reason.FOREIGN_CONTENT, SentFiles.withSegment(JPEG, 0xe0, comment));
  }

  @Test
  void wordsThatOnlyLookForeignGoThrough() throws PhotoRefused {
    byte[] words = SentFiles.bytes("PK, 100%PDF, <svga> and <scripture>, 7z, Rar!, <html5");
    assertEquals(64, intake.accept(SentFiles.join(JPEG, words)).picture().widthPx());
  }

  @Test
  void whoIsInterruptedWhileWaitingIsToldToComeBack() {
    Thread.currentThread().interrupt();
    assertRefused(Reason.BUSY, JPEG);
    assertTrue(Thread.interrupted());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasASentenceInBothLanguages(Reason reason) {
    String vietnamese = text(reason, "vi");
    String english = text(reason, "en");
    assertTrue(vietnamese.contains("Vui lòng"), vietnamese);
    assertTrue(english.contains("lease "), english);
    for (String text : List.of(vietnamese, english)) {
      assertFalse(text.contains("{") || text.contains("\ufffd"), text);
    }
  }

  private static String text(Reason reason, String language) {
    ResourceBundle texts =
        ResourceBundle.getBundle("io.floodmark.api.texts.photos", Locale.forLanguageTag(language));
    return new MessageFormat(texts.getString(reason.textKey()), Locale.forLanguageTag(language))
        .format(new Object[] {12, 50});
  }

  @Test
  void impossibleLimitsAreRefused() {
    Duration second = Duration.ofSeconds(1);
    new PhotoLimits(1, 1, 1, 1, 1, 1, second);
    assertThrows(IllegalArgumentException.class, () -> new PhotoLimits(0, 1, 1, 1, 1, 1, second));
    assertThrows(
        IllegalArgumentException.class, () -> new PhotoLimits(1, 1, 1, 1, 1, 1, second.negated()));
  }

  private void assertRefused(Reason reason, byte[] sent) {
    assertEquals(reason, assertThrows(PhotoRefused.class, () -> intake.accept(sent)).reason());
  }

  /** Where the first segment of that marker begins. */
  private static int indexOf(byte[] jpeg, int marker) {
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != marker) {
      at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
    }
    return at;
  }

  private static void setJpegSize(byte[] jpeg, int width, int height) {
    ByteBuffer.wrap(jpeg)
        .putShort(indexOf(jpeg, 0xc0) + 5, (short) height)
        .putShort(indexOf(jpeg, 0xc0) + 7, (short) width);
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
