package io.floodmark.api.photos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is sent: a photo or a refusal, within bounded memory. */
final class BrokenPhotosTest {
  private static final PhotoLimits LIMITS =
      new PhotoLimits(
          1_000_000, 2_000, 1_000_000, 1_000_000, 1_000_000, 2, PhotoLimits.DEFAULT.waitMax());

  private final PhotoIntake intake = new PhotoIntake(LIMITS, ZoneOffset.UTC);

  private static final List<byte[]> VALID =
      List.of(
          SentFiles.withExif(
              SentFiles.jpeg(SentFiles.quarters(48, 32)),
              SentFiles.exif(6, ByteOrder.LITTLE_ENDIAN)),
          progressive(),
          SentFiles.file(SentFiles.noise(20, 20, 7), "png"),
          SentFiles.LOSSY_WEBP);

  private static byte[] progressive() {
    return PictureEncoder.encode(SentFiles.noise(40, 40, 3), 40, 100_000).jpeg();
  }

  @Property(tries = 4000, seed = "4669")
  void aValidFileWithSomeBytesChangedBreaksNothing(
      @ForAll @IntRange(min = 0, max = 3) int which,
      @ForAll @IntRange(min = 1, max = 12) int changes,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] sent = VALID.get(which).clone();
    for (int i = 0; i < changes; i++) {
      // The first bytes tell the format, and are tried below.
      sent[4 + random.nextInt(sent.length - 4)] = (byte) random.nextInt();
    }
    assertPhotoOrRefusal(sent);
  }

  @Property(tries = 1000, seed = "4669")
  void aValidFileWithAPieceMissingOrTwiceBreaksNothing(
      @ForAll @IntRange(min = 0, max = 3) int which, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] valid = VALID.get(which);
    int from = 4 + random.nextInt(valid.length - 4);
    int to = 4 + random.nextInt(valid.length - 4);
    assertPhotoOrRefusal(
        SentFiles.join(Arrays.copyOf(valid, from), Arrays.copyOfRange(valid, to, valid.length)));
  }

  @Property(tries = 1000, seed = "4669")
  void randomBytesBehindASignatureBreakNothing(
      @ForAll @IntRange(min = 0, max = 3) int which,
      @ForAll @IntRange(min = 0, max = 2000) int length,
      @ForAll long seed) {
    byte[] random = new byte[length];
    new Random(seed).nextBytes(random);
    byte[] start =
        which == 3 ? new byte[0] : Arrays.copyOf(VALID.get(new int[] {0, 2, 3}[which]), 20);
    assertPhotoOrRefusal(SentFiles.join(start, random));
  }

  private void assertPhotoOrRefusal(byte[] sent) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      Photo photo = intake.accept(sent);
      assertTrue(photo.picture().jpeg().length <= PhotoIntake.BYTES_MAX);
    } catch (PhotoRefused refused) {
      assertTrue(refused.textKey().startsWith("photo.refused."));
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 150_000_000, () -> allocated + " bytes");
  }
}
