package io.floodmark.api.staff;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a browser says that it is, in words by which its owner knows it again. Pure. */
final class Device {
  private static final int UNKNOWN_CHARS_MAX = 60;

  /** In the order to look: browsers name those that they descend from, too. */
  private static final Map<String, String> BROWSERS = new LinkedHashMap<>();

  private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

  static {
    BROWSERS.put("Zalo", "Zalo");
    BROWSERS.put("coc_coc_browser", "Cốc Cốc");
    BROWSERS.put("Edg", "Edge");
    BROWSERS.put("OPR/", "Opera");
    BROWSERS.put("SamsungBrowser", "Samsung Internet");
    BROWSERS.put("Firefox/", "Firefox");
    BROWSERS.put("Chrome/", "Chrome");
    BROWSERS.put("Safari/", "Safari");
    SYSTEMS.put("Android", "Android");
    SYSTEMS.put("iPhone", "iPhone");
    SYSTEMS.put("iPad", "iPad");
    SYSTEMS.put("Windows", "Windows");
    SYSTEMS.put("Mac OS X", "macOS");
    SYSTEMS.put("Linux", "Linux");
  }

  private Device() {}

  static String of(String userAgent) {
    String browser = first(BROWSERS, userAgent);
    String system = first(SYSTEMS, userAgent);
    if (browser.isEmpty() && system.isEmpty()) {
      return userAgent.substring(0, Math.min(userAgent.length(), UNKNOWN_CHARS_MAX));
    }
    return browser.isEmpty() || system.isEmpty() ? browser + system : browser + ", " + system;
  }

  private static String first(Map<String, String> names, String userAgent) {
    return names.entrySet().stream()
        .filter(name -> userAgent.contains(name.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
