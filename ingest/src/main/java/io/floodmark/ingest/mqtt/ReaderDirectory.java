package io.floodmark.ingest.mqtt;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The API tokens with which programs may read levels and alerts, in memory: they can sign in while
 * the database is away, and guessing costs it nothing. Tokens that were revoked, or whose maker's
 * account was closed, are not in it. Safe for use by any thread; one thread at a time replaces.
 */
public final class ReaderDirectory {
  /**
   * A token that may sign in until it expires.
   *
   * @param tokenId the database's key
   * @param name what staff call it
   * @param token its hash
   * @param expiresAt when it ends by itself; empty for never
   */
  public record Entry(int tokenId, String name, TokenHash token, Optional<Instant> expiresAt) {
    /** Whether it may no longer sign in. */
    boolean hasExpired(Instant now) {
      return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }
  }

  private final List<Consumer<Set<Integer>>> whenRevoked = new CopyOnWriteArrayList<>();
  private volatile Map<TokenHash, Entry> byToken = Map.of();
  private volatile boolean loaded;

  /** A directory that is not loaded yet. */
  public ReaderDirectory() {}

  /** A loaded directory of these tokens. */
  public ReaderDirectory(Collection<Entry> entries) {
    replaceAll(entries);
  }

  /** Whether the tokens have been read at all. */
  public boolean isLoaded() {
    return loaded;
  }

  /** How many tokens there are, expired ones too. */
  public int size() {
    return byToken.size();
  }

  /** The token of that hash, expired or not. */
  Optional<Entry> find(TokenHash token) {
    return Optional.ofNullable(byToken.get(token));
  }

  /** Whether {@code entry} is still there, as it is. */
  boolean has(Entry entry) {
    return entry.equals(byToken.get(entry.token()));
  }

  /** Whether there is a token of that id that may sign in. */
  boolean has(int tokenId, Instant now) {
    return byToken.values().stream()
        .anyMatch(entry -> entry.tokenId() == tokenId && !entry.hasExpired(now));
  }

  /** Makes {@code present} all that there is. */
  public void replaceAll(Collection<Entry> present) {
    Map<TokenHash, Entry> now = new HashMap<>();
    present.forEach(entry -> now.put(entry.token(), entry));
    Set<Integer> revoked = new HashSet<>();
    for (Entry before : byToken.values()) {
      if (!before.equals(now.get(before.token()))) {
        revoked.add(before.tokenId());
      }
    }
    byToken = Map.copyOf(now);
    loaded = true;
    if (!revoked.isEmpty()) {
      whenRevoked.forEach(listener -> listener.accept(Set.copyOf(revoked)));
    }
  }

  /**
   * Calls {@code revoked} with the ids of tokens that may no longer sign in as they did. On the
   * thread that brings the change; it must only hand over.
   */
  void onRevoked(Consumer<Set<Integer>> revoked) {
    whenRevoked.add(revoked);
  }
}
