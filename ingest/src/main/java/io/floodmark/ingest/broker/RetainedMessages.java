package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The retained message of each topic (§3.3.1.3). Guarded by the broker's lock. */
final class RetainedMessages {
  private static final String ONE_LEVEL = "+";
  private static final String ANY_LEVELS = "#";

  /**
   * A message that is retained.
   *
   * @param isState whether it is the server's own
   */
  record Retained(Message message, boolean isState) {}

  private static final class Node {
    // Sorted, so that what a subscription brings comes in the same order each time.
    private final TreeMap<String, Node> children = new TreeMap<>();
    private Optional<Retained> retained = Optional.empty();
    private Optional<Deadlines.Deadline<String>> expiry = Optional.empty();
  }

  private final BrokerLimits limits;
  private final Node root = new Node();
  private final Map<String, Message> states = new HashMap<>();
  private final Deadlines<String> expiries = new Deadlines<>();
  private int count;
  private long bytes;

  RetainedMessages(BrokerLimits limits) {
    this.limits = limits;
  }

  /** Makes it the topic's, unless there is no room. Whether it is. */
  boolean put(Message message, boolean isState) {
    Optional<Retained> before = find(message.topic());
    int more = before.filter(retained -> !retained.isState()).isPresent() ? 0 : 1;
    long moreBytes = message.sizeBytes() - before.map(RetainedMessages::countedBytes).orElse(0L);
    if (!isState
        && (count + more > limits.retainedMax() || bytes + moreBytes > limits.retainedBytesMax())) {
      return false;
    }
    remove(message.topic());
    Node node = root;
    for (String level : levels(message.topic())) {
      node = node.children.computeIfAbsent(level, name -> new Node());
    }
    node.retained = Optional.of(new Retained(message, isState));
    node.expiry = message.expiresAt().map(at -> expiries.add(at, message.topic()));
    if (isState) {
      states.put(message.topic(), message);
    } else {
      count++;
      bytes += message.sizeBytes();
    }
    return true;
  }

  /** How many there are of clients. */
  int count() {
    return count;
  }

  /** Their payloads together. */
  long bytes() {
    return bytes;
  }

  /** Whether there was one. */
  boolean remove(String topic) {
    return remove(root, levels(topic), 0);
  }

  /** The message of {@code topic}, also one whose time is over. */
  Optional<Retained> find(String topic) {
    Node node = root;
    for (String level : levels(topic)) {
      node = node.children.get(level);
      if (node == null) {
        return Optional.empty();
      }
    }
    return node.retained;
  }

  /** Topics of which the server tells the state. */
  Set<String> stateTopics() {
    return states.keySet();
  }

  /** What the server has told. */
  List<Message> states() {
    return List.copyOf(states.values());
  }

  /** Whether the server has told this state. */
  boolean isState(String topic, byte[] payload) {
    Message state = states.get(topic);
    return state != null && Arrays.equals(state.payload(), payload);
  }

  /** Shows those that {@code filter} matches, by topic. */
  void match(String filter, Instant now, Consumer<Retained> found) {
    match(
        root,
        levels(filter),
        0,
        retained -> {
          if (!retained.message().hasExpired(now)) {
            found.accept(retained);
          }
        });
  }

  /** Takes out one whose time is over, and says whose it was. */
  Optional<String> expired(Instant now) {
    Optional<String> topic = expiries.due(now);
    topic.ifPresent(this::remove);
    return topic;
  }

  private static void match(Node node, String[] levels, int at, Consumer<Retained> found) {
    if (at == levels.length) {
      node.retained.ifPresent(found);
    } else if (levels[at].equals(ANY_LEVELS)) {
      all(node, at == 0, found);
    } else if (levels[at].equals(ONE_LEVEL)) {
      node.children.forEach(
          (name, child) -> {
            if (at > 0 || !TopicName.isServers(name)) {
              match(child, levels, at + 1, found);
            }
          });
    } else {
      Node child = node.children.get(levels[at]);
      if (child != null) {
        match(child, levels, at + 1, found);
      }
    }
  }

  private static void all(Node node, boolean atRoot, Consumer<Retained> found) {
    node.retained.ifPresent(found);
    node.children.forEach(
        (name, child) -> {
          if (!atRoot || !TopicName.isServers(name)) {
            all(child, false, found);
          }
        });
  }

  private boolean remove(Node node, String[] levels, int at) {
    if (at == levels.length) {
      Optional<Retained> before = node.retained;
      before.ifPresent(this::discount);
      node.expiry.ifPresent(expiries::remove);
      node.retained = Optional.empty();
      node.expiry = Optional.empty();
      return before.isPresent();
    }
    Node child = node.children.get(levels[at]);
    if (child == null) {
      return false;
    }
    boolean removed = remove(child, levels, at + 1);
    if (child.children.isEmpty() && child.retained.isEmpty()) {
      node.children.remove(levels[at]);
    }
    return removed;
  }

  private void discount(Retained retained) {
    if (retained.isState()) {
      states.remove(retained.message().topic());
    } else {
      count--;
      bytes -= retained.message().sizeBytes();
    }
  }

  private static long countedBytes(Retained retained) {
    return retained.isState() ? 0 : retained.message().sizeBytes();
  }

  private static String[] levels(String text) {
    return text.split(TopicName.SEPARATOR_TEXT, -1);
  }
}
