package io.floodmark.ingest.broker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has subscribed to what, by level of the filters: to find those that match costs as many steps
 * as the topic has levels, times the wildcards, however many subscriptions there are (§4.7).
 * Guarded by the broker's lock.
 */
final class SubscriptionTree {
  private static final String ONE_LEVEL = "+";
  private static final String ANY_LEVELS = "#";

  /** Is shown what matches; a session once for each of its filters. */
  interface Visitor {
    void subscribed(Session session, Subscription subscription);

    void shared(ShareGroup group);
  }

  /**
   * What a group is known by. Its name is its account's own: who guesses another's name gets none
   * of its messages.
   */
  private record GroupKey(String account, String name) {}

  /** A level; no topic has a level that is called like a wildcard. */
  private static final class Node {
    private final Map<String, Node> children = new HashMap<>(2);
    private Map<Session, Subscription> subscribed = Map.of();
    private Map<GroupKey, ShareGroup> groups = Map.of();

    boolean isEmpty() {
      return children.isEmpty() && subscribed.isEmpty() && groups.isEmpty();
    }

    void show(Visitor visitor) {
      subscribed.forEach(visitor::subscribed);
      groups.values().forEach(visitor::shared);
    }
  }

  private final Node root = new Node();
  private int size;

  /** Puts in a subscription; one of the same filter is replaced (§3.8.4). Whether it is new. */
  boolean put(Session session, Subscription subscription) {
    boolean isNew = putIn(session, subscription);
    size += isNew ? 1 : 0;
    return isNew;
  }

  private boolean putIn(Session session, Subscription subscription) {
    Node node = root;
    for (String level : levels(subscription.filter().filter())) {
      node = node.children.computeIfAbsent(level, name -> new Node());
    }
    if (subscription.filter().shareName().isPresent()) {
      if (node.groups.isEmpty()) {
        node.groups = new LinkedHashMap<>(2);
      }
      return node.groups
          .computeIfAbsent(
              key(session, subscription.filter().shareName().get()),
              name -> new ShareGroup(subscription.filter()))
          .put(session, subscription);
    }
    if (node.subscribed.isEmpty()) {
      // In the order of their coming, so that what is sent is the same each time.
      node.subscribed = new LinkedHashMap<>(2);
    }
    return node.subscribed.put(session, subscription) == null;
  }

  /** Whether the subscription was there. */
  boolean remove(Session session, TopicFilter filter) {
    boolean removed = remove(root, levels(filter.filter()), 0, session, filter);
    size -= removed ? 1 : 0;
    return removed;
  }

  /** Shows whoever is subscribed to {@code topic}. */
  void match(String topic, Visitor visitor) {
    match(root, levels(topic), 0, TopicName.isServers(topic), visitor);
  }

  /** The group of {@code session} that shares {@code filter}, if there is one. */
  Optional<ShareGroup> group(Session session, TopicFilter filter) {
    Node node = root;
    for (String level : levels(filter.filter())) {
      node = node.children.get(level);
      if (node == null) {
        return Optional.empty();
      }
    }
    Map<GroupKey, ShareGroup> groups = node.groups;
    return filter.shareName().map(name -> groups.get(key(session, name)));
  }

  /** How many there are. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return root.isEmpty();
  }

  private static void match(
      Node node, String[] levels, int at, boolean isServers, Visitor visitor) {
    boolean wildcards = at > 0 || !isServers;
    if (wildcards) {
      // Matches also the level above it (§4.7.1.2).
      Node any = node.children.get(ANY_LEVELS);
      if (any != null) {
        any.show(visitor);
      }
    }
    if (at == levels.length) {
      node.show(visitor);
      return;
    }
    Node same = node.children.get(levels[at]);
    if (same != null) {
      match(same, levels, at + 1, isServers, visitor);
    }
    if (wildcards) {
      Node one = node.children.get(ONE_LEVEL);
      if (one != null) {
        match(one, levels, at + 1, isServers, visitor);
      }
    }
  }

  /** Takes it out, and on the way back the levels that nobody needs any more. */
  private static boolean remove(
      Node node, String[] levels, int at, Session session, TopicFilter filter) {
    if (at == levels.length) {
      return filter.shareName().isPresent()
          ? leave(node, session, filter.shareName().get())
          : node.subscribed.containsKey(session) && node.subscribed.remove(session) != null;
    }
    Node child = node.children.get(levels[at]);
    if (child == null) {
      return false;
    }
    boolean removed = remove(child, levels, at + 1, session, filter);
    if (child.isEmpty()) {
      node.children.remove(levels[at]);
    }
    return removed;
  }

  private static boolean leave(Node node, Session session, String shareName) {
    GroupKey key = key(session, shareName);
    ShareGroup group = node.groups.get(key);
    if (group == null || !group.remove(session)) {
      return false;
    }
    if (group.isEmpty()) {
      node.groups.remove(key);
    }
    return true;
  }

  private static GroupKey key(Session session, String shareName) {
    return new GroupKey(session.client().account(), shareName);
  }

  private static String[] levels(String text) {
    return text.split(TopicName.SEPARATOR_TEXT, -1);
  }
}
