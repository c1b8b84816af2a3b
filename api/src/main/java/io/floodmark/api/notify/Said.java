package io.floodmark.api.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was said about a try to send something: which sentence, and what stands in it. Kept like
 * that, so that everybody reads it in their own language.
 *
 * @param sentence which one
 * @param values by the names in its text; each on one line of at most 300 characters, without
 *     secrets
 */
public record Said(Sentence sentence, Map<String, String> values) {
  private static final int VALUE_CHARS_MAX = 300;
  private static final String SENTENCE = "sentence";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Texts ENGLISH = Texts.load(Language.EN, "channels");

  /** What can be said; the words are text {@code said.KEY} of the channels' pages. */
  public enum Sentence {
    /** A web server took or refused it. */
    ANSWERED("answered"),
    /** It sent us elsewhere, where we do not go. */
    REDIRECTED("redirected"),
    /** Nobody knows that name. */
    HOST_UNKNOWN("hostUnknown"),
    /** It is the machine that we run on. */
    HOST_IS_US("hostIsUs"),
    /** It is an address that no message may go to. */
    HOST_FORBIDDEN("hostForbidden"),
    /** What is set as address is none. */
    ADDRESS_WRONG("addressWrong"),
    /** Nobody took the connection in time. */
    NOT_CONNECTED("notConnected"),
    /** Nobody answered in time. */
    NOT_ANSWERED("notAnswered"),
    /** The connection broke. */
    CONNECTION_FAILED("connectionFailed"),
    /** A mail server took it for all. */
    MAIL_TAKEN("mailTaken"),
    /** A mail server took it for some. */
    MAIL_TAKEN_BY_SOME("mailTakenBySome"),
    /** A mail server took it for none. */
    MAIL_TAKEN_BY_NONE("mailTakenByNone"),
    /** A mail server was too slow. */
    MAIL_NOT_ANSWERED("mailNotAnswered"),
    /** A mail server in its own words. */
    MAIL_REFUSED("mailRefused"),
    /** A broker took it. */
    BROKER_TOOK("brokerTook"),
    /** A broker's refusal, in the client's words. */
    BROKER_REFUSED("brokerRefused"),
    /** There is no sign for that. */
    NO_SIGN("noSign"),
    /** The state of a siren could not be read. */
    SIREN_UNREADABLE("sirenUnreadable"),
    /** The feed has it. */
    PUBLISHED("published"),
    /** The feed had it. */
    PUBLISHED_BEFORE("publishedBefore"),
    /** It is nothing to readers of the feed. */
    NOTHING_NEW("nothingNew"),
    /** The database did not take it. */
    NOT_STORED("notStored"),
    /** No such channel in this version. */
    KIND_UNKNOWN("kindUnknown"),
    /** It took longer than anything may. */
    TOO_SLOW("tooSlow"),
    /** A setting that cannot be used, in words of whoever refused it. */
    SETTING_WRONG("settingWrong"),
    /** A bug; the log has it. */
    FAILED("failed");

    private final String key;

    Sentence(String key) {
      this.key = key;
    }

    /** The end of its text's key, and what stands in the database. */
    public String key() {
      return key;
    }
  }

  /** Cuts the values. */
  public Said {
    Map<String, String> lines = new LinkedHashMap<>();
    values.forEach((name, value) -> lines.put(name, line(value)));
    values = Map.copyOf(lines);
  }

  /** A sentence with its values: a name, its value, a name, ... */
  public static Said of(Sentence sentence, Object... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], String.valueOf(namesAndValues[i + 1]));
    }
    return new Said(sentence, values);
  }

  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > VALUE_CHARS_MAX ? line.substring(0, VALUE_CHARS_MAX) : line;
  }

  /** In the language of {@code channels}, the texts of the channels' pages. */
  public String in(Texts channels) {
    return channels.of("said." + sentence.key(), values);
  }

  /** On one line of at most 300 characters, for the log of the program. */
  public String english() {
    return line(in(ENGLISH));
  }

  /** As the database keeps it. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put(SENTENCE, sentence.key());
    values.forEach(json::put);
    return json.toString();
  }

  /** What {@link #json} wrote; empty for what a later version may have written. */
  public static Optional<Said> ofJson(String json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    String key = node.path(SENTENCE).asText("");
    Map<String, String> values = new LinkedHashMap<>();
    node.fields().forEachRemaining(field -> values.put(field.getKey(), field.getValue().asText()));
    values.remove(SENTENCE);
    return Arrays.stream(Sentence.values())
        .filter(sentence -> sentence.key().equals(key))
        .findFirst()
        .map(sentence -> new Said(sentence, values));
  }
}
