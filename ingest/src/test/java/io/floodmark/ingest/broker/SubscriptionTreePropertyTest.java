package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Both trees against a matcher that reads §4.7 word by word. */
final class SubscriptionTreePropertyTest {
  private static final BrokerLimits LIMITS = BrokerLimits.DEFAULT;

  @Provide
  Arbitrary<String> topics() {
    return Arbitraries.of("a", "b", "", "$x")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(levels -> String.join("/", levels))
        .filter(TopicName::isValid);
  }

  @Provide
  Arbitrary<String> filters() {
    return Arbitraries.of("a", "b", "", "$x", "+", "#")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(levels -> String.join("/", levels))
        .filter(text -> TopicFilter.parse(text).isPresent());
  }

  @Property(tries = 1_000, seed = "3883")
  void theTreeFindsWhatTheStandardMatches(
      @ForAll("topics") String topic, @ForAll List<@net.jqwik.api.From("filters") String> filters) {
    SubscriptionTree tree = new SubscriptionTree();
    Map<Session, String> filterOf = new HashMap<>();
    for (String filter : filters) {
      Session session = session(filterOf.size());
      filterOf.put(session, filter);
      tree.put(session, Subscription.of(TopicFilter.of(filter), 0));
    }
    Set<Session> expected = new HashSet<>();
    filterOf.forEach(
        (session, filter) -> {
          if (matches(filter, topic)) {
            expected.add(session);
          }
        });
    assertEquals(expected, found(tree, topic));
    assertEquals(filters.size(), tree.size());

    filterOf.forEach((session, filter) -> tree.remove(session, TopicFilter.of(filter)));
    assertEquals(Set.of(), found(tree, topic));
    assertEquals(0, tree.size());
    assertTrue(tree.isEmpty(), "no level is left of what nobody wants");
  }

  @Property(tries = 1_000, seed = "1883")
  void aFilterFindsTheRetainedMessagesThatItMatches(
      @ForAll("filters") String filter, @ForAll List<@net.jqwik.api.From("topics") String> topics) {
    RetainedMessages retained = new RetainedMessages(LIMITS);
    topics.forEach(topic -> retained.put(Message.of(topic, new byte[] {1}, 0, true), false));
    Set<String> expected = new TreeSet<>();
    topics.stream().filter(topic -> matches(filter, topic)).forEach(expected::add);
    List<String> found = new ArrayList<>();
    retained.match(filter, Instant.EPOCH, one -> found.add(one.message().topic()));
    assertEquals(expected, new TreeSet<>(found));
    assertEquals(expected.size(), found.size(), "each once");

    topics.forEach(retained::remove);
    retained.match("#", Instant.EPOCH, one -> found.add("left"));
    assertEquals(expected.size(), found.size());
  }

  /** §4.7.1 and §4.7.2, level by level. */
  private static boolean matches(String filter, String topic) {
    if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
      return false;
    }
    String[] wanted = filter.split("/", -1);
    String[] levels = topic.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i == levels.length) {
        return false;
      }
      if (!wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
        return false;
      }
      // "a/#" matches "a", too.
      if (i == levels.length - 1 && wanted.length == levels.length + 1) {
        return wanted[i + 1].equals("#");
      }
    }
    return wanted.length == levels.length;
  }

  private static Set<Session> found(SubscriptionTree tree, String topic) {
    Set<Session> found = new HashSet<>();
    tree.match(
        topic,
        new SubscriptionTree.Visitor() {
          @Override
          public void subscribed(Session session, Subscription subscription) {
            assertTrue(found.add(session), "each once");
          }

          @Override
          public void shared(ShareGroup group) {
            throw new AssertionError("nothing is shared");
          }
        });
    return found;
  }

  private static Session session(long id) {
    return new Session(
        id,
        new ClientKey("", "c" + id),
        0,
        new Outbox.Shared(LIMITS, Journal.NONE, new BrokerCounters(), new Queued()));
  }
}
