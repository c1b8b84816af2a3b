package io.floodmark.api.pages;

import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Visit;
import java.util.HashMap;
import java.util.Map;

/**
 * What every route that renders a page needs. Immutable, safe for use by any thread.
 *
 * @param templates the compiled templates
 * @param staticBase where static files lie, as {@code /static/0a1b2c}
 */
public record PageKit(Templates templates, String staticBase) {
  /**
   * The frame of a staff page.
   *
   * @param titleKey the text that is its title
   * @param section of the menu
   * @param texts in the visit's language
   */
  public Frame frame(Visit visit, String titleKey, String section, Texts texts) {
    return new Frame(
        texts.of(titleKey),
        section,
        visit.language(),
        texts,
        staticBase,
        visit.request().uri(),
        visit.caller(),
        notice(visit, texts));
  }

  /**
   * A staff page.
   *
   * @param template file below {@code src/main/jte}
   * @param model what it shows beside the frame, by parameter name
   */
  public Representation page(
      Visit visit, String template, Frame frame, Map<String, ? extends Object> model) {
    Map<String, Object> parameters = new HashMap<>(model);
    parameters.put("frame", frame);
    return templates.page(template, parameters, visit.acceptEncoding());
  }

  /**
   * After a form, {@code ?done=KEY} in the address says what was done. Any other word is ignored.
   */
  private static String notice(Visit visit, Texts texts) {
    String done = visit.request().getParam("done");
    return done != null && texts.has("done." + done) ? texts.of("done." + done) : "";
  }
}
