package io.floodmark.api.pages;

import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Language;
import io.floodmark.staff.Right;

/**
 * What stands around the content of a staff page. Immutable, made for one request.
 *
 * @param title of the page, in its language
 * @param section which entry of the menu it belongs to, as {@code register}; empty for none
 * @param language of the page
 * @param texts of the frame and of the page
 * @param staticBase where static files lie, as {@code /static/0a1b2c}
 * @param path of the request with its query, to come back to after changing the language
 * @param caller who reads it
 * @param notice a sentence on what was just done, or empty
 */
public record Frame(
    String title,
    String section,
    Language language,
    Texts texts,
    String staticBase,
    String path,
    Caller caller,
    String notice) {
  /** The same, of a page that is named after what it shows. */
  public Frame titled(String name) {
    return new Frame(name, section, language, texts, staticBase, path, caller, notice);
  }

  /** A text of the page. */
  public String t(String key, Object... namesAndValues) {
    return texts.of(key, namesAndValues);
  }

  /** This page in the other language. */
  public String inOtherLanguage() {
    String[] parts = path.split("\\?", 2);
    StringBuilder address = new StringBuilder(parts[0]).append('?');
    if (parts.length == 2) {
      for (String field : parts[1].split("&", -1)) {
        if (!field.isEmpty() && !field.startsWith("lang=") && !field.startsWith("done=")) {
          address.append(field).append('&');
        }
      }
    }
    return address.append("lang=").append(language.other().code()).toString();
  }

  /** Whether this page is the one at {@code address}, or lies below it. */
  public boolean isAt(String address) {
    String here = path.split("\\?", 2)[0];
    return here.equals(address) || here.startsWith(address + "/");
  }

  /** What forms send along. */
  public String csrf() {
    return caller.session().map(Caller.Session::csrfToken).orElse("");
  }

  /** Whether the reader may do that; what they may not do is not offered. */
  public boolean may(Right right) {
    return caller.may(right);
  }
}
