package io.floodmark.ingest.mqtt;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Who has signed in. Immutable. */
sealed interface Client {
  /** What sorts of clients there are. */
  enum Kind {
    /** Sends readings, and reads what concerns itself. */
    SENSOR,
    /** Reads levels and alerts. */
    READER,
    /** Has not said who it is, and has topics beside ours: for interoperability suites. */
    OPEN
  }

  /**
   * Who it is, whatever its code or token: sessions are told apart and ended by it.
   *
   * @param id the database's key of the sensor or of the token; 0 for all open clients
   */
  record Key(Kind kind, int id) {
    /** In words. */
    String account() {
      return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
    }

    /** Keys of several of a kind. */
    static Set<Key> all(Kind kind, Set<Integer> ids) {
      return ids.stream().map(id -> new Key(kind, id)).collect(Collectors.toUnmodifiableSet());
    }
  }

  /** Who it is. */
  Key key();

  /** The same in words, under which the broker keeps its sessions over restarts. */
  default String account() {
    return key().account();
  }

  /** What it may subscribe to. */
  Rights rights();

  /** Whether there is a time at which it has to go. */
  boolean mayExpire();

  /** As a log calls it. */
  String name();

  /** A sensor. */
  record Sensor(SensorDirectory.Entry entry) implements Client {
    @Override
    public Key key() {
      return new Key(Kind.SENSOR, entry.id());
    }

    @Override
    public Rights.OfSensor rights() {
      return Rights.ofSensor(entry.code());
    }

    @Override
    public boolean mayExpire() {
      return false;
    }

    @Override
    public String name() {
      return entry.code().value();
    }
  }

  /** A program with an API token. */
  record Reader(ReaderDirectory.Entry entry) implements Client {
    @Override
    public Key key() {
      return new Key(Kind.READER, entry.tokenId());
    }

    @Override
    public Rights rights() {
      return Rights.ofReader();
    }

    @Override
    public boolean mayExpire() {
      return entry.expiresAt().isPresent();
    }

    @Override
    public String name() {
      return "token \"" + entry.name() + "\"";
    }
  }

  /** Somebody who has not said who it is. */
  record Open() implements Client {
    private static final Key KEY = new Key(Kind.OPEN, 0);

    @Override
    public Key key() {
      return KEY;
    }

    @Override
    public Rights rights() {
      return Rights.ofOpen();
    }

    @Override
    public boolean mayExpire() {
      return false;
    }

    @Override
    public String name() {
      return "an open client";
    }
  }

  /**
   * Whether a session of {@code account} may be sent {@code topic}, whatever its filters match: the
   * filters of sensors and readers match only what they may see.
   */
  static boolean mayReceive(String account, String topic) {
    return !account.equals(Open.KEY.account()) || Topics.isOpen(topic);
  }
}
