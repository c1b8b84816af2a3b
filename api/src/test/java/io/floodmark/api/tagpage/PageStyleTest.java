package io.floodmark.api.tagpage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PageStyleTest {
  private final PageStyle style = PageStyle.load();

  @Test
  void theColoursAreThoseOfTheMapInBothThemes() throws IOException {
    String map;
    try (InputStream in =
        PageStyle.class.getResourceAsStream("/io/floodmark/maps/web/colours.css")) {
      map = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int mapDark = map.indexOf("[data-theme='dark']");
    int pageDark = style.css().indexOf("@media (prefers-color-scheme:dark)");
    if (pageDark < 0) {
      pageDark = style.css().indexOf("@media (prefers-color-scheme: dark)");
    }
    int pageEnd = style.css().indexOf("prefers-contrast");
    assertTrue(pageDark > 0 && pageEnd > pageDark, "the page has a dark theme");
    same(colours(style.css().substring(0, pageDark)), colours(map.substring(0, mapDark)));
    same(colours(style.css().substring(pageDark, pageEnd)), colours(map.substring(mapDark)));
  }

  @Test
  void whatIsSentHoldsNoCommentAndNothingToLoad() {
    assertFalse(style.css().contains("/*"));
    assertFalse(style.css().contains("url("));
    assertFalse(style.css().contains("@import"));
    assertFalse(style.css().contains("</"));
  }

  @Test
  void bothLanguagesSayTheSameThings() {
    assertEquals(
        Texts.load(Language.VI, "tagpage").keys(), Texts.load(Language.EN, "tagpage").keys());
  }

  private static void same(Map<String, String> page, Map<String, String> map) {
    assertFalse(page.isEmpty());
    page.forEach((name, colour) -> assertEquals(map.get(name), colour, name));
  }

  private static Map<String, String> colours(String css) {
    Map<String, String> colours = new TreeMap<>();
    Matcher colour = Pattern.compile("(--[\\w-]+): ?(#[0-9a-f]+)").matcher(css);
    while (colour.find()) {
      colours.putIfAbsent(colour.group(1), colour.group(2));
    }
    return colours;
  }
}
