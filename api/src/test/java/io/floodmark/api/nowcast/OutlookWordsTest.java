package io.floodmark.api.nowcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.nowcast.Outlook;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutlookWordsTest {
  private static final Instant AT = Instant.parse("2026-11-21T13:05:00Z");
  private static final ZoneId WARD = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final Outlook RISE =
      new Outlook.Rise(3, AT, AT.plusSeconds(240), AT.plusSeconds(630), AT.plusSeconds(180));
  private static final Outlook FALL =
      new Outlook.Fall(
          AT, AT.plusSeconds(9_300), AT.plusSeconds(10_000), AT.plusSeconds(16_500), AT, 7);

  @Test
  void aRiseIsToldInMinutesFromNowOnWithItsSkillInPlainWords() {
    assertEquals(
        Optional.of("Có thể lên mức 3, nguy hiểm trong 4–11 phút nữa."),
        words(Language.VI, AT).sentence(RISE));
    assertEquals(
        Optional.of("May reach level 3, danger within 8 minutes."),
        words(Language.EN, AT.plusSeconds(181 - 1))
            .sentence(
                new Outlook.Rise(
                    3, AT, AT.plusSeconds(200), AT.plusSeconds(630), AT.plusSeconds(180))));
    String skill = words(Language.VI, AT).remark(RISE).orElseThrow();
    assertTrue(skill.contains("trên dữ liệu mô phỏng, trong 10 lần báo như vậy"), skill);
  }

  @Test
  void aFallIsToldByTheClockAndWithTheDayWhereItIsAnother() {
    assertEquals(
        Optional.of(
            "Nước dưới cảm biến dự kiến rút hết khoảng 22:40–00:40 22/11, theo 7 lần ngập trước ở đây."),
        words(Language.VI, AT).sentence(FALL));
  }

  @Test
  void whatIsTooOldIsNotToldAndWhyNoEndIsToldIs() {
    OutlookWords later = words(Language.VI, AT.plusSeconds(181));
    assertEquals(Optional.empty(), later.sentence(RISE));
    assertEquals(Optional.empty(), later.remark(RISE));
    assertEquals(Optional.empty(), later.sentence(Outlook.nothing(Outlook.Why.NO_PAST)));
    assertTrue(
        later.remark(Outlook.nothing(Outlook.Why.NO_PAST)).orElseThrow().contains("ít nhất 3 lần"));
    assertEquals(Optional.empty(), later.remark(Outlook.nothing(Outlook.Why.STEADY)));
  }

  private static OutlookWords words(Language language, Instant now) {
    return new OutlookWords(Texts.load(language, "sensorpage"), WARD, now);
  }
}
