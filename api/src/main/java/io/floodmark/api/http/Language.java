package io.floodmark.api.http;

import java.util.Locale;
import java.util.Optional;

/** A language of the pages. Vietnamese comes first: it is what a page speaks until asked. */
public enum Language {
  /** Vietnamese. */
  VI,
  /** English. */
  EN;

  /** As it stands in {@code lang} attributes, addresses and cookies. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The other one. */
  public Language other() {
    return this == VI ? EN : VI;
  }

  /** The language of that code. */
  public static Optional<Language> find(String code) {
    return switch (code) {
      case "vi" -> Optional.of(VI);
      case "en" -> Optional.of(EN);
      default -> Optional.empty();
    };
  }
}
