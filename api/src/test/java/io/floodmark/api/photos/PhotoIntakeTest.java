package io.floodmark.api.photos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.metadata.Directory;
import io.floodmark.api.photos.PhotoHint.Place;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class PhotoIntakeTest {
  private final PhotoIntake intake =
      new PhotoIntake(PhotoLimits.DEFAULT, ZoneId.of("Asia/Ho_Chi_Minh"));

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png"})
  void aPhotoKeepsItsColoursAndItsShape(String format) throws PhotoRefused {
    Photo photo = intake.accept(SentFiles.file(SentFiles.quarters(800, 600), format));

    assertEquals(800, photo.picture().widthPx());
    assertEquals(600, photo.picture().heightPx());
    assertEquals(320, photo.preview().widthPx());
    assertEquals(240, photo.preview().heightPx());
    assertCorners(photo.picture(), "RGBW");
    assertCorners(photo.preview(), "RGBW");
  }

  @Test
  void aLossyWebpIsTaken() throws PhotoRefused {
    assertCorners(intake.accept(SentFiles.LOSSY_WEBP).picture(), "RBRB");
  }

  @Test
  void whatIsTransparentBecomesWhite() throws PhotoRefused {
    BufferedImage glass = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
    assertCorners(intake.accept(SentFiles.file(glass, "png")).picture(), "WWWW");
  }

  /** What is seen at top left, top right, bottom left, bottom right, by CIPA DC-008's table. */
  @ParameterizedTest
  @CsvSource({
    "1,RGBW", "2,GRWB", "3,WBGR", "4,BWRG", "5,RBGW", "6,BRWG", "7,WGBR", "8,GWRB", "0,RGBW",
    "9,RGBW"
  })
  void aPhotoIsTurnedUpright(int orientation, String corners) throws PhotoRefused {
    byte[] stored = SentFiles.jpeg(SentFiles.quarters(160, 80));
    boolean onItsSide = orientation >= 5 && orientation <= 8;

    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      byte[] sent = SentFiles.withExif(stored, SentFiles.exif(orientation, order));
      Picture picture = intake.accept(sent).picture();

      assertEquals(onItsSide ? 80 : 160, picture.widthPx());
      assertEquals(onItsSide ? 160 : 80, picture.heightPx());
      assertCorners(picture, corners);
    }
  }

  @Test
  void placeAndTimeAreHintsAndNotInTheFile() throws Exception {
    byte[] exif = SentFiles.exif(6, ByteOrder.LITTLE_ENDIAN);
    byte[] jpeg = SentFiles.jpeg(SentFiles.quarters(160, 80));
    byte[] png = SentFiles.file(SentFiles.quarters(160, 80), "png");
    byte[] webp = SentFiles.LOSSY_WEBP;
    byte[] picture = java.util.Arrays.copyOfRange(webp, 12, webp.length);
    byte[] xmp = SentFiles.bytes("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta GPSLatitude='1'/>");
    List<byte[]> files =
        List.of(
            SentFiles.withSegment(
                SentFiles.withSegment(SentFiles.withExif(jpeg, exif), 0xe1, xmp),
                0xfe,
                SentFiles.bytes("SomePhoneXY")),
            SentFiles.withChunk(
                SentFiles.withChunk(png, "eXIf", exif),
                "tEXt",
                SentFiles.bytes("Comment\0SomePhoneXY")),
            SentFiles.webp(
                SentFiles.webpChunk("VP8X", SentFiles.bytes("\b\0\0\0\37\0\0\17\0\0")),
                picture,
                SentFiles.webpChunk("EXIF", exif)));

    for (byte[] sent : files) {
      Photo photo = intake.accept(sent);

      Place place = photo.hint().place().orElseThrow();
      assertEquals(106.0712, place.lon(), 1e-6);
      assertEquals(20.9411, place.lat(), 1e-6);
      assertEquals(Optional.of(Instant.parse("2026-11-19T23:30:15Z")), photo.hint().takenAt());
      assertHoldsOnlyPixels(photo.picture().jpeg());
      assertHoldsOnlyPixels(photo.preview().jpeg());
    }
  }

  @Test
  void aPhotoThatSaysNothingGivesNoHint() throws PhotoRefused {
    assertEquals(PhotoHint.NONE, intake.accept(SentFiles.jpeg(SentFiles.quarters(16, 16))).hint());
  }

  @Test
  void noiseTooFitsIntoTheLimits() throws Exception {
    Photo photo = intake.accept(SentFiles.jpeg(SentFiles.noise(2000, 1500, 4669)));

    assertTrue(photo.picture().jpeg().length <= PhotoIntake.BYTES_MAX);
    assertTrue(photo.picture().jpeg().length > PhotoIntake.BYTES_MAX / 2);
    assertTrue(photo.preview().jpeg().length <= PhotoIntake.PREVIEW_BYTES_MAX);
    assertHoldsOnlyPixels(photo.picture().jpeg());
  }

  @Test
  void aPhotoOf48MegapixelsIsTaken() throws PhotoRefused {
    BufferedImage large = new BufferedImage(8000, 6000, BufferedImage.TYPE_BYTE_GRAY);
    large.getRaster().setSample(0, 0, 0, 255);

    Photo photo = intake.accept(SentFiles.jpeg(large));

    assertEquals(1600, photo.picture().widthPx());
    assertEquals(1200, photo.picture().heightPx());
  }

  @Test
  void aStripOfOnePixelKeepsOne() throws PhotoRefused {
    Photo photo =
        intake.accept(
            SentFiles.file(new BufferedImage(9000, 1, BufferedImage.TYPE_INT_RGB), "png"));

    assertEquals(1600, photo.picture().widthPx());
    assertEquals(1, photo.picture().heightPx());
  }

  @Test
  void greyStaysAsGreyAsItWas() throws PhotoRefused {
    byte[] row = {0, 100, 100, 100, 100};
    byte[] alphaRow = {0, 100, -1, 100, -1, 100, -1, 100, -1};
    byte[] wideRow = {0, 100, 0, 100, 0, 100, 0, 100, 0};
    List<byte[]> files =
        List.of(
            SentFiles.png(4, 1, 8, 0, SentFiles.chunk("IDAT", SentFiles.deflated(row))),
            SentFiles.png(4, 1, 8, 4, SentFiles.chunk("IDAT", SentFiles.deflated(alphaRow))),
            SentFiles.png(4, 1, 16, 0, SentFiles.chunk("IDAT", SentFiles.deflated(wideRow))));
    for (byte[] sent : files) {
      assertEquals(100, red(intake.accept(sent).picture()), 3);
    }
  }

  @Test
  void coloursOfAnotherProfileAreBroughtToSrgb() throws PhotoRefused {
    // Half of the light is 188 in sRGB (IEC 61966-2-1 §5.2).
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    BufferedImage half = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      half.setRGB(i % 16, i / 16, 0x808080);
    }
    byte[] jpeg = SentFiles.jpeg(half);
    byte[] png = SentFiles.file(half, "png");
    byte[] part = SentFiles.join(SentFiles.bytes("ICC_PROFILE\0\1\1"), profile);
    byte[] chunk = SentFiles.join(SentFiles.bytes("x\0\0"), SentFiles.deflated(profile));

    assertEquals(128, red(intake.accept(jpeg).picture()), 3);
    assertEquals(188, red(intake.accept(SentFiles.withSegment(jpeg, 0xe2, part)).picture()), 3);
    assertEquals(188, red(intake.accept(SentFiles.withChunk(png, "iCCP", chunk)).picture()), 3);
  }

  @Test
  void aProfileThatIsNoneChangesNothing() throws PhotoRefused {
    byte[] jpeg = SentFiles.jpeg(SentFiles.quarters(64, 64));
    byte[] junk = ByteBuffer.allocate(400).put(SentFiles.bytes("ICC_PROFILE\0\1\1")).array();
    System.arraycopy(SentFiles.bytes("RGB "), 0, junk, 14 + 16, 4);
    System.arraycopy(SentFiles.bytes("acsp"), 0, junk, 14 + 36, 4);

    assertCorners(intake.accept(SentFiles.withSegment(jpeg, 0xe2, junk)).picture(), "RGBW");
  }

  @Test
  void whatPhonesAddBehindAPhotoGoesThroughAndIsDropped() throws Exception {
    byte[] jpeg = SentFiles.jpeg(SentFiles.quarters(64, 64));
    byte[] png = SentFiles.file(SentFiles.quarters(64, 64), "png");
    byte[] film = SentFiles.bytes("\0\0\0\30ftypmp42\0\0\0\0mp42isom\0\0\0\bmdatSomePhoneXY");
    byte[] samsung = SentFiles.bytes("\0\0\1\n\16\0\0\0Image_UTC_DataSomePhoneXYSEFHk\0\0\0SEFT");
    for (byte[] trailer : List.of(film, samsung, jpeg, new byte[500])) {
      Photo photo = intake.accept(SentFiles.join(jpeg, trailer));

      assertCorners(photo.picture(), "RGBW");
      assertHoldsOnlyPixels(photo.picture().jpeg());
    }
    // Android's cropped screenshots end in what is left of the larger one.
    byte[] rest = java.util.Arrays.copyOfRange(png, png.length / 2, png.length);
    assertCorners(intake.accept(SentFiles.join(png, rest)).picture(), "RGBW");
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    byte[] sent = SentFiles.jpeg(SentFiles.noise(300, 200, 4669));
    byte[] expected = intake.accept(sent).picture().jpeg();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<Photo>> photos = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      photos.add(threads.submit(() -> intake.accept(sent)));
    }
    for (Future<Photo> photo : photos) {
      assertArrayEquals(expected, photo.get(30, TimeUnit.SECONDS).picture().jpeg());
    }
    threads.shutdown();
    assertTrue(threads.awaitTermination(5, TimeUnit.SECONDS));
  }

  /** Letters for red, green, blue, white at top left, top right, bottom left, bottom right. */
  private static void assertCorners(Picture picture, String corners) {
    BufferedImage image = SentFiles.decoded(picture.jpeg());
    assertEquals(picture.widthPx(), image.getWidth());
    assertEquals(picture.heightPx(), image.getHeight());
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      int x = image.getWidth() * (i % 2 == 0 ? 1 : 3) / 4;
      int y = image.getHeight() * (i < 2 ? 1 : 3) / 4;
      int rgb = image.getRGB(x, y) & 0x808080;
      seen.append(
          switch (rgb) {
            case 0x800000 -> 'R';
            case 0x008000 -> 'G';
            case 0x000080 -> 'B';
            case 0x808080 -> 'W';
            default -> '?';
          });
    }
    assertEquals(corners, seen.toString());
  }

  private static int red(Picture picture) {
    return SentFiles.decoded(picture.jpeg()).getRGB(0, 0) >> 16 & 0xff;
  }

  static void assertHoldsOnlyPixels(byte[] jpeg) throws Exception {
    String text = new String(jpeg, StandardCharsets.ISO_8859_1);
    for (String trace : List.of("Exif", "GPS", "SomePhoneXY", "xmp", "ICC_PROFILE", "ftyp")) {
      assertFalse(text.contains(trace), trace);
    }
    for (Directory directory :
        JpegMetadataReader.readMetadata(new ByteArrayInputStream(jpeg)).getDirectories()) {
      assertTrue(
          Set.of("JPEG", "JFIF", "Huffman").contains(directory.getName()), directory.getName());
      assertFalse(directory.hasErrors());
    }
  }
}
