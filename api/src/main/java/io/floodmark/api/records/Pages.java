package io.floodmark.api.records;

import io.floodmark.api.http.Language;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Visit;
import java.util.EnumMap;
import java.util.Map;

/** The pages of one feature: its texts in both languages, its place in the menu. Immutable. */
public final class Pages {
  private final PageKit kit;
  private final String section;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /** Pages with the texts of {@code features} beside those of the frame. */
  public Pages(PageKit kit, String section, String... features) {
    this.kit = kit;
    this.section = section;
    String[] all = new String[features.length + 2];
    all[0] = "staff";
    all[1] = "records";
    System.arraycopy(features, 0, all, 2, features.length);
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, all));
    }
  }

  /** The texts that {@code visit} reads. */
  public Texts texts(Visit visit) {
    return texts.get(visit.language());
  }

  /** A page whose title is the text {@code titleKey}. */
  public Representation page(
      Visit visit, String titleKey, String template, Map<String, ? extends Object> model) {
    Frame frame = kit.frame(visit, titleKey, section, texts(visit));
    return kit.page(visit, template, frame, model);
  }

  /** A page named after what it shows. */
  public Representation named(
      Visit visit, String name, String template, Map<String, ? extends Object> model) {
    Frame frame = kit.frame(visit, "home.title", section, texts(visit)).titled(name);
    return kit.page(visit, template, frame, model);
  }

  /** Sends a page: 422 where a form on it has to be sent again, else 200. */
  public static void send(Visit visit, Representation page, boolean hasProblems) {
    if (hasProblems) {
      visit.request().response().setStatusCode(422);
    }
    visit.send(page);
  }
}
