package io.floodmark.api.staff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.access.AuditLog;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Visit;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What all routes about accounts need. Immutable.
 *
 * @param kit renders pages
 * @param database runs queries on workers
 * @param passwords hashes on workers
 * @param random draws secrets
 * @param clock what time it is
 * @param zone by whose clock times are shown
 * @param texts of these pages
 */
public record StaffParts(
    PageKit kit,
    DatabaseCalls database,
    PasswordWork passwords,
    SecureRandom random,
    InstantSource clock,
    ZoneId zone,
    Map<Language, Texts> texts) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json; charset=utf-8";

  /** With the texts of this feature. */
  public static StaffParts of(
      PageKit kit,
      DatabaseCalls database,
      PasswordWork passwords,
      SecureRandom random,
      InstantSource clock,
      ZoneId zone) {
    Map<Language, Texts> texts = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff"));
    }
    return new StaffParts(kit, database, passwords, random, clock, zone, Map.copyOf(texts));
  }

  Texts textsFor(Visit visit) {
    return texts.get(visit.language());
  }

  Frame frame(Visit visit, String titleKey, String section) {
    return kit.frame(visit, titleKey, section, textsFor(visit));
  }

  ShownTime time() {
    return new ShownTime(zone);
  }

  /** A page that is all right, or the same again with what was wrong in it. */
  void show(Visit visit, String template, Frame frame, Map<String, ? extends Object> model) {
    visit.send(kit.page(visit, template, frame, model));
  }

  void showAgain(
      Visit visit, int status, String template, Frame frame, Map<String, ? extends Object> model) {
    visit.request().response().setStatusCode(status);
    show(visit, template, frame, model);
  }

  void audit(Connection connection, Visit visit, String action, String subject)
      throws SQLException {
    audit(connection, visit, action, subject, Map.of());
  }

  void audit(
      Connection connection, Visit visit, String action, String subject, Map<String, String> detail)
      throws SQLException {
    AuditLog.add(
        connection,
        clock.instant(),
        visit.caller(),
        action,
        subject,
        Optional.of(visit.address()),
        detail);
  }

  /** Problems by field as sentences. */
  Map<String, String> sentences(Visit visit, StaffRefusal refusal) {
    Map<String, String> sentences = new LinkedHashMap<>();
    refusal.problems().forEach((field, key) -> sentences.put(field, textsFor(visit).of(key)));
    return sentences;
  }

  /** A refusal as programs get it, anything else as it is. */
  Throwable forPrograms(Throwable failure) {
    if (!(failure instanceof StaffRefusal refusal)) {
      return failure;
    }
    Map.Entry<String, String> first = refusal.problems().entrySet().iterator().next();
    return new ProblemException(
        Problem.invalid(first.getKey(), texts.get(Language.EN).of(first.getValue())));
  }

  void sendJson(Visit visit, int status, Json.Content content) {
    visit.request().response().setStatusCode(status);
    visit.send(Representation.computed(JSON, Json.bytes(content), visit.acceptEncoding()));
  }

  /** The object in a body. */
  static JsonNode object(Buffer body) {
    try {
      JsonNode node = MAPPER.readTree(body.getBytes());
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problem.badRequest("The body is no JSON: send an object."));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    throw new ProblemException(Problem.badRequest("The body has to be a JSON object."));
  }

  /** A text in such an object; empty counts as not given. */
  static Optional<String> text(JsonNode object, String field) {
    return Optional.ofNullable(object.get(field))
        .filter(JsonNode::isTextual)
        .map(node -> node.asText().strip())
        .filter(text -> !text.isEmpty());
  }
}
