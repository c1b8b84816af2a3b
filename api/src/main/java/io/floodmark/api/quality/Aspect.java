package io.floodmark.api.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is measured of a record. The order is the one of the campaign's name. */
public enum Aspect {
  /** Đúng: somebody stood before it and found it as registered; a sensor measures plausibly. */
  RIGHT,
  /** Đủ: every field that its kind requires is there. */
  COMPLETE,
  /** Sạch: no second record of the same thing, no impossible value. */
  CLEAN,
  /** Sống: something was noted of it lately; a sensor reports. */
  ALIVE;

  /** As it stands in addresses, texts and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The aspect of that key. */
  public static Optional<Aspect> find(String key) {
    return Arrays.stream(values()).filter(aspect -> aspect.key().equals(key)).findFirst();
  }
}
