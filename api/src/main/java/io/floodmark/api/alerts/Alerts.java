package io.floodmark.api.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that there is to alerts over HTTP, put together; and what its routes share. Confined to the
 * event loop that it is made for, but for what database calls use.
 */
public final class Alerts {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final DatabaseCalls database;
  final InstantSource clock;
  private final PageKit kit;
  private final ZoneId zone;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /** Alerts kept in {@code database}; times are shown by the clock of {@code zone}. */
  public Alerts(PageKit kit, DatabaseCalls database, InstantSource clock, ZoneId zone) {
    this.kit = kit;
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff", "alerts"));
    }
  }

  /** Registers the routes. */
  public void addTo(Routes routes) {
    new AlertRoutes(this).addTo(routes);
    // Before one alert: "bulletins" is no number.
    new BulletinRoutes(this).addTo(routes);
    new AlertPages(this).addTo(routes);
    new MaintenanceRoutes(this).addTo(routes);
  }

  Texts texts(Visit visit) {
    return texts.get(visit.language());
  }

  AlertWords words(Visit visit) {
    return new AlertWords(texts(visit), visit.language(), zone, clock.instant());
  }

  AlertDesk.Hand hand(Visit visit) {
    return new AlertDesk.Hand(visit.caller(), visit.address(), clock.instant());
  }

  Representation page(
      Visit visit, String titleKey, String template, Map<String, ? extends Object> model) {
    Frame frame = kit.frame(visit, titleKey, "alerts", texts(visit));
    return kit.page(visit, "alerts/" + template, frame, model);
  }

  Representation named(
      Visit visit, String name, String template, Map<String, ? extends Object> model) {
    Frame frame = kit.frame(visit, "alerts.title", "alerts", texts(visit)).titled(name);
    return kit.page(visit, "alerts/" + template, frame, model);
  }

  /** What to tell whose step was refused, in their language. */
  String sentence(Visit visit, ProblemException refused) {
    return texts(visit).has(refused.story())
        ? texts(visit).of(refused.story())
        : refused.problem().detail();
  }

  /** Whether a failure is the sender's, who gets the form again. */
  static boolean isRefusal(Throwable failure) {
    return failure instanceof ProblemException problem
        && (problem.problem().status() == 422 || problem.problem().status() == 409);
  }

  static void json(Visit visit, byte[] body) {
    visit.send(Representation.computed("application/json", body, visit.acceptEncoding()));
  }

  static Function<String, Optional<String>> fields(Form form) {
    return form::text;
  }

  /** The members of a flat JSON object, as text; no body is an empty one. */
  static Function<String, Optional<String>> fields(Buffer body) {
    if (body.length() == 0) {
      return name -> Optional.empty();
    }
    try {
      JsonNode object = MAPPER.readTree(body.getBytes());
      if (object == null || !object.isObject()) {
        throw new ProblemException(Problem.badRequest("The body must be a JSON object."));
      }
      return name ->
          Optional.ofNullable(object.get(name))
              .filter(value -> value.isValueNode() && !value.isNull())
              .map(JsonNode::asText);
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.badRequest("The body is no JSON: " + e.getOriginalMessage() + "."));
    } catch (IOException e) {
      throw new ProblemException(Problem.badRequest("The body cannot be read as JSON."));
    }
  }
}
