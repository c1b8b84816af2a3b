package io.floodmark.api.assets.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ExchangeTextsTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void bothLanguagesSayTheSameThings() {
    Texts vi = Texts.load(Language.VI, "exchange");
    Texts en = Texts.load(Language.EN, "exchange");
    assertEquals(new TreeSet<>(vi.keys()), new TreeSet<>(en.keys()));
    for (String key : vi.keys()) {
      assertEquals(placeholders(vi.of(key)), placeholders(en.of(key)), key);
    }
  }
}
