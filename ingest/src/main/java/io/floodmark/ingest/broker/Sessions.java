package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All sessions, and when those end that nobody is connected to. Guarded by the broker's lock. */
final class Sessions {
  private final BrokerLimits limits;
  private final Map<ClientKey, Session> byClient = new HashMap<>();
  private final Map<Long, Session> byId = new HashMap<>();
  private final Map<String, Set<Session>> byAccount = new HashMap<>();

  /** Those that nobody is connected to, the one that was left first before the others. */
  private final Map<String, Set<Session>> offline = new HashMap<>();

  private final Deadlines<Session> ends = new Deadlines<>();
  private int durable;
  private int left;

  Sessions(BrokerLimits limits) {
    this.limits = limits;
  }

  void add(Session session) {
    byClient.put(session.client(), session);
    byId.put(session.id(), session);
    durable += session.isDurable() ? 1 : 0;
    byAccount
        .computeIfAbsent(session.client().account(), account -> new LinkedHashSet<>(2))
        .add(session);
  }

  Optional<Session> find(ClientKey client) {
    return Optional.ofNullable(byClient.get(client));
  }

  Optional<Session> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Those of an account. */
  List<Session> of(String account) {
    return List.copyOf(byAccount.getOrDefault(account, Set.of()));
  }

  /** The accounts that have any. */
  Set<String> accounts() {
    return Set.copyOf(byAccount.keySet());
  }

  int size() {
    return byClient.size();
  }

  /** Those that outlive their connections. */
  int durableCount() {
    return durable;
  }

  /** Those of them that nobody is connected to. */
  int leftCount() {
    return left;
  }

  /** It is to outlive its last connection by so much; it is among these, and nobody has left it. */
  void setExpiry(Session session, long seconds) {
    durable -= session.isDurable() ? 1 : 0;
    session.setExpirySeconds(seconds);
    durable += session.isDurable() ? 1 : 0;
  }

  /** It was left; returns those that have to end for it. */
  List<Session> left(Session session, Instant leftAt) {
    if (session.expirySeconds() != ConnectRequest.NEVER) {
      session.setEnd(Optional.of(ends.add(leftAt.plusSeconds(session.expirySeconds()), session)));
    }
    Set<Session> ofAccount =
        offline.computeIfAbsent(session.client().account(), account -> new LinkedHashSet<>(2));
    left += ofAccount.add(session) ? 1 : 0;
    int tooMany = ofAccount.size() - limits.offlineSessionsPerAccountMax();
    return tooMany <= 0 ? List.of() : new ArrayList<>(ofAccount).subList(0, tooMany);
  }

  /** Somebody is connected to it, or it is no more. */
  void notOffline(Session session) {
    session.end().ifPresent(ends::remove);
    session.setEnd(Optional.empty());
    offline.computeIfPresent(
        session.client().account(),
        (account, ofAccount) -> {
          left -= ofAccount.remove(session) ? 1 : 0;
          return ofAccount.isEmpty() ? null : ofAccount;
        });
  }

  void remove(Session session) {
    notOffline(session);
    byClient.remove(session.client());
    byId.remove(session.id());
    durable -= session.isDurable() ? 1 : 0;
    byAccount.computeIfPresent(
        session.client().account(),
        (account, all) -> {
          all.remove(session);
          return all.isEmpty() ? null : all;
        });
  }

  /** One that has to end now; it is still to be {@linkplain #remove removed}. */
  Optional<Session> due(Instant now) {
    return ends.due(now);
  }
}
