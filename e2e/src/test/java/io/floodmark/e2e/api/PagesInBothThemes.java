package io.floodmark.e2e.api;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.floodmark.e2e.Chromium;
import io.floodmark.e2e.PageCheck;
import java.util.Map;
import java.util.TreeMap;

/** Pages as staff see them: on a light desk in Vietnamese, and on a dark phone in English. */
final class PagesInBothThemes {
  private static final int PHONE = 360;

  private PagesInBothThemes() {}

  /**
   * Judges each page in both.
   *
   * @param desk how wide the window on the desk is, in pixels
   * @param feature what pictures of all of them are called by
   * @param paths by what the page is called
   */
  static void judge(
      RunningApi api,
      Chromium chromium,
      StaffClient staff,
      int desk,
      String feature,
      Map<String, String> paths) {
    // A language and a width to each theme: rules about colours do not read, and a page is slow.
    judge(api, chromium, staff, ColorScheme.LIGHT, desk, "vi", feature, paths);
    judge(api, chromium, staff, ColorScheme.DARK, PHONE, "en", feature, paths);
  }

  private static void judge(
      RunningApi api,
      Chromium chromium,
      StaffClient staff,
      ColorScheme scheme,
      int width,
      String language,
      String feature,
      Map<String, String> paths) {
    String theme = scheme == ColorScheme.DARK ? "-dark" : "";
    try (BrowserContext context = staff.browser(chromium, width, scheme)) {
      Page page = context.newPage();
      for (Map.Entry<String, String> one : new TreeMap<>(paths).entrySet()) {
        String path = one.getValue();
        page.navigate(
            api.address(path + (path.contains("?") ? "&" : "?") + "lang=" + language).toString());
        PageCheck.judge(
            page, "%s-%s-%d-%s%s".formatted(feature, one.getKey(), width, language, theme));
      }
    }
  }
}
