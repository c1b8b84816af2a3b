package io.floodmark.api.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comparison behind If-None-Match. Pure. */
final class EntityTag {
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  private EntityTag() {}

  /**
   * Whether one of {@code tags} is in the header, by the weak comparison (RFC 9110 §13.1.2); {@code
   * *} matches any. A proxy may have made a strong tag weak by compressing.
   *
   * @param ifNoneMatch the header, or null where there is none
   */
  static boolean isAmong(String ifNoneMatch, String... tags) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (ifNoneMatch.strip().equals("*")) {
      return true;
    }
    Matcher known = TAG.matcher(ifNoneMatch);
    while (known.find()) {
      for (String tag : tags) {
        if (tag.endsWith(known.group(1))) {
          return true;
        }
      }
    }
    return false;
  }
}
