package io.floodmark.api.alerts;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a list of alerts goes on: after the alert of this id. It stays valid while alerts come and
 * go, and says so little that it can change.
 *
 * @param afterId id of the last alert of the page before, 1 or more
 */
record AlertCursor(long afterId) {
  private static final Pattern FORM = Pattern.compile("after:([1-9]\\d{0,17})");

  /** The opaque text of it. */
  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("after:" + afterId).getBytes(StandardCharsets.US_ASCII));
  }

  /** The cursor of that {@link #text()}; empty where it is none of ours. */
  static Optional<AlertCursor> find(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      Matcher form = FORM.matcher(new String(bytes, StandardCharsets.US_ASCII));
      return form.matches()
          ? Optional.of(new AlertCursor(Long.parseLong(form.group(1))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
