package io.floodmark.ingest.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sessions of one account that share a subscription (§4.8.2): each message goes to one of them,
 * in turn. Guarded by the broker's lock.
 */
final class ShareGroup {
  /** A session and how it has subscribed. */
  record Member(Session session, Subscription subscription) {}

  private final TopicFilter filter;
  private final List<Member> members = new ArrayList<>();
  private int next;

  ShareGroup(TopicFilter filter) {
    this.filter = filter;
  }

  /** What is shared, and by whom. */
  TopicFilter filter() {
    return filter;
  }

  /** Takes {@code session} in, or changes its options; its turn stays. Whether it is new. */
  boolean put(Session session, Subscription subscription) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).session() == session) {
        members.set(i, new Member(session, subscription));
        return false;
      }
    }
    members.add(new Member(session, subscription));
    return true;
  }

  /** Whether {@code session} was among them. */
  boolean remove(Session session) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).session() == session) {
        members.remove(i);
        if (i < next) {
          next--;
        }
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Whether any of them is. */
  boolean isConnected() {
    return members.stream().anyMatch(member -> member.session().isConnected());
  }

  /** Whose turn it is among those that {@code can} take it. */
  Optional<Member> turn(Predicate<Member> can) {
    for (int i = 0; i < members.size(); i++) {
      int at = (next + i) % members.size();
      if (can.test(members.get(at))) {
        next = at + 1;
        return Optional.of(members.get(at));
      }
    }
    return Optional.empty();
  }
}
