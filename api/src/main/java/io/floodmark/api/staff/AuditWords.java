package io.floodmark.api.staff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Entries of the audit log in the reader's language. What nobody has written words for is shown as
 * it is stored. Pure.
 */
public final class AuditWords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACTION = "action.";

  /** Where the things that are named stand; the others are found on the list of their kind. */
  private static final Map<String, String> PAGES =
      Map.of(
          "asset", "/staff/assets/",
          "plate", "/staff/plates/",
          "plate-batch", "/staff/plates/batch/",
          "report", "/staff/reports/",
          "import", "/staff/assets/import/",
          "alert", "/staff/alerts/",
          "channel", "/staff/channels/",
          "sensor", "/staff/sensors/",
          "street", "/staff/streets/");

  private final Texts texts;

  private AuditWords(Texts texts) {
    this.texts = texts;
  }

  /** The words of both languages, those of plates and of care among them. */
  static Map<Language, AuditWords> inAllLanguages() {
    Map<Language, AuditWords> words = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      words.put(language, new AuditWords(Texts.load(language, "plates", "care", "staff")));
    }
    return Map.copyOf(words);
  }

  /** An action in words. */
  public String action(String action) {
    return orItself(ACTION + action, action);
  }

  /** Every action that has words, by its key. */
  public Map<String, String> actions() {
    Map<String, String> actions = new TreeMap<>();
    for (String key : texts.keys()) {
      if (key.startsWith(ACTION)) {
        actions.put(key.substring(ACTION.length()), texts.of(key));
      }
    }
    return actions;
  }

  /** Who did it: a login as it is, what is no person in words. */
  public String actor(String actor) {
    return orItself("audit.actor." + actor.replace(' ', '_'), actor);
  }

  /** What it was done to, from {@code asset:2} to "Tài sản 2". */
  public String subject(String subject) {
    int colon = subject.indexOf(':');
    String key = "audit.subject." + subject.substring(0, Math.max(colon, 0));
    return colon > 0 && texts.has(key)
        ? texts.of(key, "id", subject.substring(colon + 1))
        : subject;
  }

  /** The page of what it was done to; empty where it has none of its own. */
  public String link(String subject) {
    int colon = subject.indexOf(':');
    String page = colon > 0 ? PAGES.getOrDefault(subject.substring(0, colon), "") : "";
    return page.isEmpty() ? "" : page + subject.substring(colon + 1);
  }

  /** What else is known of it, as "label: value". */
  public List<String> details(String json) {
    try {
      JsonNode entry = JSON.readTree(json);
      List<String> details = new ArrayList<>();
      for (Map.Entry<String, JsonNode> detail : entry.properties()) {
        String key = detail.getKey();
        String value = value(key, detail.getValue().asText());
        if (key.equals("after") && entry.has("before")) {
          details.add(line("state", value("before", entry.get("before").asText()) + " → " + value));
        } else if (!(key.equals("before") && entry.has("after"))) {
          details.add(line(key, value));
        }
      }
      return details;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("The audit log holds only JSON.", e);
    }
  }

  private String line(String key, String value) {
    return orItself("audit.detail." + key, key) + ": " + value;
  }

  private String value(String key, String value) {
    return switch (key) {
      case "before", "after" -> orItself("state." + value, value);
      case "kind" -> orItself("care.kind." + value, value);
      case "role" ->
          Arrays.stream(value.split(" → "))
              .map(role -> orItself("role." + role, role))
              .collect(Collectors.joining(" → "));
      case "rights" ->
          Arrays.stream(value.split(" "))
              .map(right -> orItself("right." + right, right))
              .collect(Collectors.joining(", "));
      case "merged" -> subject(value);
      default -> orItself("audit.value." + value, value);
    };
  }

  private String orItself(String key, String itself) {
    return texts.has(key) ? texts.of(key) : itself;
  }
}
