package io.floodmark.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine's own Chromium; it talks to nobody but the pages under test. */
public final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /**
   * For what a page shows after a while: two cores may have two browsers and two servers to run.
   */
  private static final double PATIENCE_MILLIS = 20_000;

  private static Browser shared;

  private final Browser browser;

  private Chromium(Browser browser) {
    this.browser = browser;
  }

  /**
   * One browser serves all classes of this process, for its start costs more than most tests; where
   * there is none, {@link Needs} decides. Call it before anything else starts.
   */
  public static synchronized Chromium launch() {
    Path program = Needs.chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    if (shared == null || !shared.isConnected()) {
      // Never closed: it ends with this process, whose pipe it reads.
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      shared =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(ARGUMENTS));
    }
    return new Chromium(shared);
  }

  /** The browser, to open contexts in. */
  public Browser browser() {
    return browser;
  }

  /** Closes what the class opened in it. */
  @Override
  public void close() {
    List.copyOf(browser.contexts()).forEach(BrowserContext::close);
  }
}
