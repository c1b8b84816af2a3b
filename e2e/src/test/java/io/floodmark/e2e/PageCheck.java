package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What every page has to stand up to in a browser. Pictures go to {@code e2e/target/screenshots}.
 */
public final class PageCheck {
  private static final List<String> WCAG_22_AA =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
  private static final Path PICTURES = Checkout.root().resolve("e2e/target/screenshots");

  private PageCheck() {}

  /** Takes its picture, and holds it to WCAG 2.2 AA and to the width of its window. */
  public static void judge(Page page, String name) {
    picture(page, name);
    assertAccessible(page, name);
    assertFits(page, name);
  }

  /** Nothing that axe finds breaks WCAG 2.2, level AA. */
  public static void assertAccessible(Page page, String what) {
    List<String> violations =
        new AxeBuilder(page)
                // Else it opens another page for the sake of frames, of which we have none.
                .setLegacyMode(true)
                .withTags(WCAG_22_AA)
                .analyze()
                .getViolations()
                .stream()
                .map(rule -> rule.getId() + ": " + rule.getNodes())
                .toList();
    assertEquals(List.of(), violations, what);
  }

  /** Nobody has to scroll it sideways (WCAG 2.2, 1.4.10). */
  public static void assertFits(Page page, String what) {
    assertTrue(
        (Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"),
        () -> what + " scrolls sideways: " + page.url());
  }

  /** Keeps a picture of all of it. */
  public static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file(name)));
  }

  /** Keeps a picture of what its window shows. */
  public static void pictureOfWindow(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file(name)));
  }

  private static Path file(String name) {
    return PICTURES.resolve((name + ".png").toLowerCase(Locale.ROOT));
  }

  /**
   * Adds to {@code complaints} what the page complains of from now on: errors in its console, but
   * for the status of pages that are meant to have one, and requests to anybody but {@code
   * address}.
   */
  public static void listen(Page page, String address, List<String> complaints) {
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("status of 4")) {
            complaints.add(message.text());
          }
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(address) && !request.url().startsWith("data:")) {
            complaints.add("request to another host: " + request.url());
          }
        });
  }
}
