package io.floodmark.api.notify;

import io.floodmark.api.http.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A channel as staff set it up. Immutable.
 *
 * @param id its number; 0 before it has one
 * @param kind what it is
 * @param name that staff gave it
 * @param settings its own, by key; what was not given is absent
 * @param secret key or password; empty for none
 * @param enabled whether it gets anything
 * @param minLevel of floods, 1 to 4
 * @param kinds of alerts that it gets, at least one
 * @param zones that it gets; empty is the whole ward
 * @param quiet when it waits, if ever
 * @param language of its texts
 * @param maxPerHour single messages an hour, beyond which summaries follow; no limit where empty
 * @param version counts its changes
 */
public record ChannelSetup(
    int id,
    ChannelKind kind,
    String name,
    Map<String, String> settings,
    String secret,
    boolean enabled,
    int minLevel,
    List<String> kinds,
    List<String> zones,
    Optional<QuietHours> quiet,
    Language language,
    OptionalInt maxPerHour,
    int version) {
  /** Copies the lists. */
  public ChannelSetup {
    settings = Map.copyOf(settings);
    kinds = List.copyOf(kinds);
    zones = List.copyOf(zones);
  }

  /** A setting, or empty text. */
  public String setting(String key) {
    return settings.getOrDefault(key, "");
  }

  /** Without the secret: it must not reach a log. */
  @Override
  public String toString() {
    return kind.code() + " channel " + id + " \"" + name + "\"";
  }
}
