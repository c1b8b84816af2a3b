package io.floodmark.api.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.alert.AlertKind;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NotifyTextsTest {
  @ParameterizedTest
  @ValueSource(strings = {"notify", "channels", "cap"})
  void bothLanguagesSayTheSameThings(String feature) {
    assertEquals(Texts.load(Language.VI, feature).keys(), Texts.load(Language.EN, feature).keys());
  }

  @Test
  void everyKindOfAlertHasWords() {
    Texts notify = Texts.load(Language.VI, "notify");
    Texts channels = Texts.load(Language.VI, "channels");
    for (AlertKind kind : AlertKind.values()) {
      assertTrue(notify.has("kind." + kind.key()), kind.key());
      assertTrue(channels.has("alert." + kind.key()), kind.key());
    }
  }

  @Test
  void whatWasSaidOfATryIsReadInAnyLanguage() {
    Texts vietnamese = Texts.load(Language.VI, "channels");
    for (Said.Sentence sentence : Said.Sentence.values()) {
      assertTrue(vietnamese.has("said." + sentence.key()), sentence.key());
    }
    Said said = Said.of(Said.Sentence.NOT_ANSWERED, "seconds", 10);
    assertEquals("No answer within 10 s.", said.english());
    Said kept = Said.ofJson(said.json()).orElseThrow();
    assertEquals(said, kept);
    assertEquals("Không có trả lời trong 10 giây.", kept.in(vietnamese));
    assertEquals(Optional.empty(), Said.ofJson("{\"sentence\": \"of a later version\"}"));
    String long300 = "x".repeat(299) + "\n" + "y".repeat(9);
    Said cut = Said.of(Said.Sentence.MAIL_REFUSED, "why", long300);
    assertEquals("x".repeat(299) + " ", cut.values().get("why"));
  }

  @Test
  void aFallAndAnEndAreSaidAsSuch() {
    MessageText text = new MessageText(ZoneId.of("Asia/Ho_Chi_Minh"), Optional.empty());
    assertEquals(
        "Ngập giảm còn mức 1 (chú ý): Ngã tư Bần",
        text.subject(Messages.of(Language.VI, Messages.step(3, 1))));
    assertEquals(
        "Nước đã rút: Ngã tư Bần", text.subject(Messages.of(Language.VI, Messages.step(1, 0))));
    Notice fall = Messages.step(3, 1);
    Notice recount =
        new Notice(
            fall.eventId(),
            fall.alertId(),
            fall.alertKind(),
            Notice.RECOUNTED,
            3,
            1,
            0,
            fall.at(),
            fall.recordedAt(),
            fall.where(),
            fall.zone(),
            fall.place(),
            fall.spots(),
            false,
            fall.depthMm(),
            fall.lowPointDepthMm());
    assertEquals(
        "Mức ngập nay là mức 1 (chú ý) vì một điểm đo không còn được tính, chưa chắc nước đã rút:"
            + " Ngã tư Bần",
        text.subject(Messages.of(Language.VI, recount)));
    String body = text.body(Messages.of(Language.VI, Messages.step(1, 0)));
    assertTrue(!body.contains("http"), "without an address of ours there is no link: " + body);
  }
}
