package io.floodmark.api.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertLife;
import io.floodmark.alert.AlertStep;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever can happen to an alert has words, in both languages, though no test makes it happen. */
final class AlertTextsTest {
  private static final List<String> BY_MACHINE_AND_TIME =
      List.of(
          "raised",
          "escalated",
          "lowered",
          "recounted",
          "cleared",
          "reminded",
          "shelf_ended",
          "suppressed",
          "released");

  @ParameterizedTest
  @EnumSource
  void everythingHasWords(Language language) {
    Texts texts = Texts.load(language, "alerts");
    List<String> keys = new ArrayList<>();
    BY_MACHINE_AND_TIME.forEach(kind -> keys.add("event." + kind));
    for (AlertStep step : AlertStep.values()) {
      keys.add("event." + step.eventKind());
      keys.add("step." + step.key());
      keys.add("done." + step.key());
    }
    for (AlertKind kind : AlertKind.values()) {
      keys.add("kind." + kind.key());
      keys.add("about." + kind.key());
    }
    for (AlertLife.Refusal refusal : AlertLife.Refusal.values()) {
      keys.add("alert." + refusal.name());
    }
    for (AlertLife.Standing standing : AlertLife.Standing.values()) {
      String key = "standing." + standing.name().toLowerCase(Locale.ROOT);
      keys.add(standing == AlertLife.Standing.SUPPRESSED ? key + ".maintenance" : key);
    }
    for (int level = 1; level <= 4; level++) {
      keys.add("level." + level);
      keys.add("level.in." + level);
    }
    keys.removeIf(texts::has);
    assertEquals(List.of(), keys);
  }

  @ParameterizedTest
  @EnumSource
  void bothLanguagesSayTheSameThings(Language language) {
    assertEquals(Texts.load(Language.VI, "alerts").keys(), Texts.load(language, "alerts").keys());
  }
}
