package io.floodmark.ingest.mqtt;

import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Whether there is still whom a session is of, by the words in which the broker keeps it over
 * restarts. To be asked once both directories are loaded. Safe for use by any thread.
 */
final class Accounts implements Predicate<String> {
  private final SensorDirectory sensors;
  private final ReaderDirectory readers;
  private final InstantSource clock;
  private final boolean open;

  /**
   * Accounts of these.
   *
   * @param open whether whoever does not say who it is has one
   */
  Accounts(SensorDirectory sensors, ReaderDirectory readers, InstantSource clock, boolean open) {
    this.sensors = sensors;
    this.readers = readers;
    this.clock = clock;
    this.open = open;
  }

  @Override
  public boolean test(String account) {
    for (Client.Kind kind : Client.Kind.values()) {
      String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
      if (account.startsWith(prefix)) {
        return exists(kind, account.substring(prefix.length()));
      }
    }
    return false;
  }

  private boolean exists(Client.Kind kind, String id) {
    try {
      return switch (kind) {
        case SENSOR -> sensors.has(Integer.parseInt(id));
        case READER -> readers.has(Integer.parseInt(id), clock.instant());
        case OPEN -> open;
      };
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
