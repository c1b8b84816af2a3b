package io.floodmark.api.notify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of channels that there are. */
public enum ChannelKind {
  /** A POST to another system. */
  WEBHOOK(false, "url"),
  /** E-mail. */
  EMAIL(false, "host", "port", "security", "user", "from", "to"),
  /** A siren or a sign behind an MQTT broker: it holds a state, not a story. */
  MQTT(true, "url", "user", "topic", "payload", "on", "off"),
  /** CAP 1.2 documents and their feed. */
  CAP(false, "sender", "senderName", "contact", "status", "radius");

  private final boolean isState;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, which its type cannot say
  private final List<String> settings;

  ChannelKind(boolean isState, String... settings) {
    this.isState = isState;
    this.settings = List.of(settings);
  }

  /** As it stands in the database and in addresses. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether only what is so now matters, so that a newer message makes an older one pointless. */
  public boolean isState() {
    return isState;
  }

  /** Whether several steps may be told in one message. */
  public boolean sumsUp() {
    return this == WEBHOOK || this == EMAIL;
  }

  /** Whether quiet hours mean anything to it: a feed is read, and wakes nobody. */
  public boolean keepsQuiet() {
    return this != CAP;
  }

  /** Whether it has something to keep secret. */
  public boolean hasSecret() {
    return this != CAP;
  }

  /** Keys of its settings, in the order of its form. */
  public List<String> settings() {
    return settings;
  }

  /** The kind of that code. */
  public static Optional<ChannelKind> find(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
