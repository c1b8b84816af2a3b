package io.floodmark.api.notify.desk;

import io.floodmark.alert.AlertKind;
import io.floodmark.api.http.Language;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.QuietHours;
import io.floodmark.api.notify.channels.AddressRule;
import io.floodmark.api.notify.channels.EmailChannel;
import io.floodmark.api.notify.channels.MqttChannel;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.routes.Form;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads the form of a channel. Used once, by one thread. */
final class ChannelForm {
  private static final int NAME_CHARS_MAX = 80;
  private static final int TEXT_CHARS_MAX = 500;
  private static final int SECRET_CHARS_MIN = 16;
  private static final int RECIPIENTS_MAX = 50;
  private static final int RADIUS_MAX_M = 50_000;
  private static final int PORT_MAX = 65_535;

  /** Settings that say to whom a secret is spoken, and how. */
  private static final List<String> SPOKEN_TO = List.of("url", "host", "port", "security", "user");

  private static final Pattern MAILBOX = Pattern.compile("[^\\s@<>,;\"]+@[A-Za-z0-9.-]+");
  private static final Pattern TOPIC = Pattern.compile("[^#+$\\s\\p{Cntrl}][^#+\\p{Cntrl}]{0,199}");

  private final Form form;
  private final FormReading reading;
  private final ChannelKind kind;

  ChannelForm(Form form, ChannelKind kind) {
    this.form = form;
    this.reading = new FormReading(form);
    this.kind = kind;
  }

  /**
   * What was typed, if it can be.
   *
   * @param before what it was; empty for a new one
   */
  Optional<ChannelSetup> read(Optional<ChannelSetup> before) {
    String name = reading.needed("name", NAME_CHARS_MAX);
    Map<String, String> settings = settings();
    String secret = secret(before, settings);
    int minLevel = Integer.parseInt(choice("minLevel", List.of("1", "2", "3", "4"), "2"));
    List<String> kinds =
        form.all("kinds").stream()
            .filter(key -> AlertKind.find(key).isPresent())
            .distinct()
            .toList();
    if (kinds.isEmpty()) {
      reading.wrong("kinds", "problem.kinds");
    }
    List<String> zones =
        form.all("zones").stream().filter(zone -> !zone.isBlank()).distinct().toList();
    Optional<QuietHours> quiet = kind.keepsQuiet() ? quiet() : Optional.empty();
    String language = choice("language", List.of("vi", "en"), "vi");
    OptionalInt maxPerHour =
        kind.sumsUp() ? reading.number("maxPerHour", 1, 10_000) : OptionalInt.empty();
    if (!reading.isGood()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChannelSetup(
            before.map(ChannelSetup::id).orElse(0),
            kind,
            name,
            settings,
            secret,
            reading.isTicked("enabled"),
            minLevel,
            kinds,
            zones,
            quiet,
            Language.find(language).orElse(Language.VI),
            maxPerHour,
            reading.number("version", 0, Integer.MAX_VALUE).orElse(0)));
  }

  /** The form as it is shown again, without the secret. */
  FormShown shown() {
    FormShown typed = reading.shown();
    Map<String, String> values = new HashMap<>(typed.values());
    values.remove("secret");
    return new FormShown(values, typed.problems());
  }

  /** The form of a channel that there is. */
  static FormShown of(ChannelSetup setup) {
    Map<String, String> values = new LinkedHashMap<>(setup.settings());
    values.put("name", setup.name());
    values.put("minLevel", Integer.toString(setup.minLevel()));
    values.put("language", setup.language().code());
    values.put("version", Integer.toString(setup.version()));
    if (setup.enabled()) {
      values.put("enabled", "on");
    }
    setup
        .quiet()
        .ifPresent(
            quiet -> {
              values.put("quietFrom", quiet.from().toString());
              values.put("quietTo", quiet.to().toString());
              if (quiet.evenDanger()) {
                values.put("quietAll", "on");
              }
            });
    setup.maxPerHour().ifPresent(max -> values.put("maxPerHour", Integer.toString(max)));
    return FormShown.of(values);
  }

  /** The form of a new one. */
  static FormShown fresh(ChannelKind kind) {
    return FormShown.of(
        Map.of(
            "enabled", "on",
            "minLevel", kind == ChannelKind.CAP ? "1" : "2",
            "language", "vi",
            "version", "0",
            "security", "starttls",
            "port", kind == ChannelKind.EMAIL ? "587" : "",
            "payload", "json",
            "status", "Test",
            "radius", "300"));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String key : kind.settings()) {
      reading.text(key, TEXT_CHARS_MAX).ifPresent(text -> settings.put(key, text));
    }
    switch (kind) {
      case WEBHOOK -> {
        need("url");
        Optional.ofNullable(settings.get("url"))
            .flatMap(AddressRule::whyNot)
            .ifPresent(problem -> reading.wrong("url", problem));
      }
      case EMAIL -> checkMail(settings);
      case MQTT -> checkMqtt(settings);
      case CAP -> checkCap(settings);
    }
    return settings;
  }

  private void checkMail(Map<String, String> settings) {
    need("host", "from", "to");
    if (!settings.getOrDefault("host", "a").matches("[A-Za-z0-9.:_-]+")) {
      reading.wrong("host", "problem.host");
    }
    reading.number("port", 1, PORT_MAX);
    choice("security", List.of("starttls", "tls", "none"), "starttls");
    if (!MAILBOX.matcher(settings.getOrDefault("from", "a@b")).matches()) {
      reading.wrong("from", "problem.mailbox");
    }
    List<String> recipients = EmailChannel.recipients(settings.getOrDefault("to", "a@b"));
    if (recipients.size() > RECIPIENTS_MAX
        || !recipients.stream().allMatch(to -> MAILBOX.matcher(to).matches())) {
      reading.wrong("to", "problem.mailboxes");
    }
  }

  private void checkMqtt(Map<String, String> settings) {
    need("url", "topic");
    if (!isBroker(settings.getOrDefault("url", "tcp://a"))) {
      reading.wrong("url", "problem.broker");
    }
    if (!TOPIC.matcher(settings.getOrDefault("topic", "a")).matches()) {
      reading.wrong("topic", "problem.topic");
    }
    if (choice("payload", List.of("json", MqttChannel.ON_OFF), "json").equals(MqttChannel.ON_OFF)) {
      need("on", "off");
    }
  }

  private void checkCap(Map<String, String> settings) {
    need("sender", "senderName");
    // CAP 1.2 §3.2.1.
    if (settings.getOrDefault("sender", "a").matches(".*[\\s,<&].*")) {
      reading.wrong("sender", "problem.sender");
    }
    choice("status", List.of("Actual", "Exercise", "Test"), "Test");
    reading.number("radius", 1, RADIUS_MAX_M);
  }

  private static boolean isBroker(String text) {
    try {
      URI uri = new URI(text);
      return ("tcp".equals(uri.getScheme()) || "ssl".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPath().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * Left empty, it stays what it was; but only where it was. Somebody at an open desk must not have
   * a password that they never knew spoken to a server of their own.
   */
  private String secret(Optional<ChannelSetup> before, Map<String, String> settings) {
    Optional<String> typed =
        kind.hasSecret() ? reading.text("secret", TEXT_CHARS_MAX) : Optional.empty();
    if (kind == ChannelKind.WEBHOOK
        && typed.isPresent()
        && typed.get().length() < SECRET_CHARS_MIN) {
      reading.wrong("secret", "problem.secret");
    }
    if (typed.isPresent()) {
      return typed.get();
    }
    String kept = before.map(ChannelSetup::secret).orElse("");
    if (kept.isEmpty() || (kind != ChannelKind.WEBHOOK && !settings.containsKey("user"))) {
      return "";
    }
    boolean moves =
        SPOKEN_TO.stream()
            .anyMatch(key -> !before.get().setting(key).equals(settings.getOrDefault(key, "")));
    if (moves) {
      reading.wrong("secret", "problem.secret.again");
    }
    return kept;
  }

  private Optional<QuietHours> quiet() {
    Optional<LocalTime> from = time("quietFrom");
    Optional<LocalTime> to = time("quietTo");
    if (from.isPresent() != to.isPresent()) {
      reading.wrong(from.isPresent() ? "quietTo" : "quietFrom", "problem.quietBoth");
    } else if (from.isPresent() && from.equals(to)) {
      reading.wrong("quietTo", "problem.quietSame");
    } else if (from.isPresent()) {
      return Optional.of(
          new QuietHours(from.get(), to.orElseThrow(), reading.isTicked("quietAll")));
    }
    return Optional.empty();
  }

  private Optional<LocalTime> time(String field) {
    try {
      return reading.text(field, 8).map(LocalTime::parse);
    } catch (DateTimeException e) {
      reading.wrong(field, "problem.time");
      return Optional.empty();
    }
  }

  private void need(String... fields) {
    Arrays.stream(fields).forEach(field -> reading.needed(field, TEXT_CHARS_MAX));
  }

  private String choice(String field, List<String> options, String otherwise) {
    return reading.choice(field, options).orElse(otherwise);
  }
}
