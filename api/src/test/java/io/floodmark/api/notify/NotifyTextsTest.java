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
  void aFallAndAnEndAreSaidAsSuch() {
    MessageText text = new MessageText(ZoneId.of("Asia/Ho_Chi_Minh"), Optional.empty());
    assertEquals(
        "Ngập giảm còn mức 1 (chú ý): Ngã tư Bần",
        text.subject(Messages.of(Language.VI, Messages.step(3, 1))));
    assertEquals(
        "Nước đã rút: Ngã tư Bần", text.subject(Messages.of(Language.VI, Messages.step(1, 0))));
    String body = text.body(Messages.of(Language.VI, Messages.step(1, 0)));
    assertTrue(!body.contains("http"), "without an address of ours there is no link: " + body);
  }
}
