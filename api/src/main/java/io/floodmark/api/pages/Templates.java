package io.floodmark.api.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.floodmark.api.http.Representation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Renders the templates in {@code src/main/jte}, which the build has checked and compiled. Safe for
 * use by any thread; rendering waits for nothing.
 */
public final class Templates {
  private static final String PACKAGE = "io.floodmark.api.templates";
  private static final String HTML = "text/html; charset=utf-8";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

  /** The page that {@code template} makes of {@code parameters}; text in it is escaped. */
  public String html(String template, Map<String, Object> parameters) {
    StringOutput output = new StringOutput(8 * 1024);
    engine.render(template, parameters, output);
    return output.toString();
  }

  /** The same, ready to be sent. */
  public Representation page(
      String template, Map<String, Object> parameters, Optional<String> acceptEncoding) {
    return Representation.computed(
        HTML, html(template, parameters).getBytes(StandardCharsets.UTF_8), acceptEncoding);
  }
}
