package io.floodmark.api.site;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /} and {@code GET /static/{hash}/...}. */
public final class SiteRoutes {
  private static final Pattern STATIC = Pattern.compile("/static/([0-9a-f]+)/(.+)");
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String REVALIDATE = "no-cache";

  private final Site site;

  /** Routes that serve {@code site}. */
  public SiteRoutes(Site site) {
    this.site = site;
  }

  /** The page. */
  public void page(RoutingContext request) {
    site.index().send(request.request(), REVALIDATE);
  }

  /**
   * A file. Under the hash of an earlier version it is the file of now, not to be kept: a page that
   * stayed open over an upgrade and loads one more picture should get it.
   */
  public void file(RoutingContext request) {
    Matcher path = STATIC.matcher(request.request().path());
    if (!path.matches()) {
      throw notFound();
    }
    Representation file = site.find(path.group(2)).orElseThrow(SiteRoutes::notFound);
    file.send(request.request(), path.group(1).equals(site.hash()) ? FOR_EVER : REVALIDATE);
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.notFound("There is no such file. Reload the page."));
  }
}
