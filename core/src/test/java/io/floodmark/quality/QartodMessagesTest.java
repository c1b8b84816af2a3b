package io.floodmark.quality;

import static io.floodmark.quality.Flags.NO;
import static io.floodmark.quality.Flags.codes;
import static io.floodmark.quality.QartodMessages.NO_TIME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.quality.QartodMessages.Length;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The vectors are those of the reference implementation's own tests (ioos_qc). */
class QartodMessagesTest {
  private static final long HOUR = 3_600_000;

  @Test
  void whatFollowsALongSilenceFailsAndTheFirstTakesTheFlagOfTheSecond() {
    assertEquals(List.of(1, 1, 1, 4), gaps(0, 1_000, 2_000, 31 * 24 * HOUR));
    assertEquals(List.of(4, 4, 1), gaps(0, 3 * HOUR, 3 * HOUR + 1));
    assertEquals(List.of(1, 1), gaps(0, 2 * HOUR));
    assertEquals(List.of(2), gaps(0));
    assertEquals(List.of(), gaps());
  }

  @Test
  void aMissingTimeLeavesTheNextOneUnevaluated() {
    assertEquals(List.of(2, 9, 2, 1, 4), gaps(0, NO_TIME, 10, 20, 9 * HOUR));
    assertEquals(List.of(2, 2), gaps(NO_TIME, 10));
  }

  @Test
  void whatComesTooLateFailsAndWhatIsNewerThanNowPasses() {
    long now = 100 * HOUR;
    long[] times = {now - 6 * HOUR - 1, now - 6 * HOUR, now + HOUR, NO_TIME};
    assertEquals(List.of(4, 1, 1, 9), codes(QartodMessages.dataReception(times, 6 * HOUR, now)));
  }

  @Test
  void aTimeInTheFutureOrOutsideWhatIsCredibleFails() {
    long[] times = {5, 10, 20, 21, NO_TIME};
    assertEquals(
        List.of(4, 1, 1, 4, 9),
        codes(QartodMessages.impossibleDate(times, 20, Optional.of(new Span(10, 99)))));
    assertEquals(
        List.of(1, 1, 1, 4, 9), codes(QartodMessages.impossibleDate(times, 20, Optional.empty())));
  }

  @Test
  void aMessageHasTheAgreedLength() {
    String hex = "0AEE61154B95811CEF0B8FB3140016FE8107A45F44FFFB6DFF595A386319612EE2C05B7371";
    assertEquals(1, syntax(hex, 74, Length.CHARACTERS, Optional.empty()));
    assertEquals(4, syntax(hex, 73, Length.CHARACTERS, Optional.empty()));
    assertEquals(1, syntax(hex, 37, Length.HEX_BYTES, Optional.empty()));
    assertEquals(4, syntax(hex, 36, Length.HEX_BYTES, Optional.empty()));
    assertEquals(4, syntax(hex.substring(1), 37, Length.HEX_BYTES, Optional.empty()));
    String items = "1,2,3,4,5,6,7,8,9,10,11,12";
    assertEquals(1, syntax(items, 12, Length.CHARACTERS, Optional.of(",")));
    assertEquals(4, syntax(items, 11, Length.CHARACTERS, Optional.of(",")));
  }

  @Test
  void aPositionThatIsNoneFailsAndOneThatMovedIsSuspect() {
    double[] lon = {106, 106, 106.01, 181, NO, NO};
    double[] lat = {20.9, 20.9, 20.9, 20.9, 20.9, NO};
    assertEquals(
        List.of(1, 1, 3, 4, 4, 9),
        codes(QartodMessages.location(lon, lat, OptionalDouble.of(500))));
    assertEquals(
        List.of(1, 1, 1, 4, 4, 9),
        codes(QartodMessages.location(lon, lat, OptionalDouble.empty())));
  }

  private static List<Integer> gaps(long... times) {
    return codes(QartodMessages.timeGap(times, 2 * HOUR));
  }

  private static int syntax(String message, int length, Length unit, Optional<String> delimiter) {
    return codes(QartodMessages.syntax(new String[] {message}, length, unit, delimiter)).get(0);
  }
}
