package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.BrokerConnection;
import io.floodmark.ingest.broker.SubscribeOutcome;
import io.floodmark.ingest.broker.Subscription;
import io.floodmark.ingest.broker.TopicFilter;
import io.floodmark.ingest.packet.Breach;
import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Answers SUBSCRIBE and UNSUBSCRIBE of one client, each once it is safe (§3.8.4, §3.10.4). Confined
 * to the connection's event loop.
 *
 * <p>While the database is away answers wait, and what a client asks for is bounded by how many
 * wait for it, and by what all of them take in the journal ({@link Broker#isFull}): it is read no
 * further then.
 */
final class Subscriptions {
  private static final int OWED_MAX = 8;

  private final EventLoop loop;
  private final Replies replies;
  private final ReadValve valve;
  private final Broker broker;
  private final BrokerConnection connection;
  private final Rights rights;

  /** Answers that wait. */
  private int owed;

  private boolean closed;

  Subscriptions(
      EventLoop loop,
      Replies replies,
      ReadValve valve,
      Broker broker,
      BrokerConnection connection,
      Rights rights) {
    this.loop = loop;
    this.replies = replies;
    this.valve = valve;
    this.broker = broker;
    this.connection = connection;
    this.rights = rights;
  }

  /**
   * Takes in a SUBSCRIBE. A filter that stands in it several times counts as it stands there last,
   * and brings what is retained once: some thousands of it fit into one packet.
   *
   * @throws Breach if the client does not take an answer of that length
   */
  void subscribe(Packet.Subscribe packet) {
    int filters = packet.filters().size();
    checkAnswer(filters);
    // What is granted if the broker has room for it, and where its answer will stand.
    List<ReasonCode> codes = new ArrayList<>(filters);
    int[] places = new int[filters];
    Map<String, Integer> placeOf = new HashMap<>();
    List<Subscription> wanted = new ArrayList<>();
    for (Packet.Filter asked : packet.filters()) {
      Optional<TopicFilter> filter = TopicFilter.parse(asked.filter());
      ReasonCode code = filter.map(rights::subscribe).orElse(ReasonCode.TOPIC_FILTER_INVALID);
      if (!code.isFailure()) {
        Subscription subscription = subscription(filter.orElseThrow(), asked, packet.identifier());
        Integer before = placeOf.putIfAbsent(asked.filter(), wanted.size());
        if (before == null) {
          places[codes.size()] = wanted.size();
          wanted.add(subscription);
        } else {
          places[codes.size()] = before;
          wanted.set(before, subscription);
        }
      }
      codes.add(code.isFailure() ? code : granted(asked.qos()));
    }
    if (wanted.isEmpty()) {
      replies.subAck(packet.packetId(), codes);
      return;
    }
    owed++;
    int packetId = packet.packetId();
    // Keeps no filters: it may wait as long as the database is away.
    connection.subscribe(
        wanted, outcomes -> answer(() -> replies.subAck(packetId, with(codes, places, outcomes))));
    holdWhileMuchIsOwed();
  }

  private static Subscription subscription(
      TopicFilter filter, Packet.Filter asked, int identifier) {
    return new Subscription(
        filter,
        asked.qos(),
        asked.noLocal(),
        asked.retainAsPublished(),
        asked.retainHandling(),
        identifier == 0 ? OptionalInt.empty() : OptionalInt.of(identifier));
  }

  private static List<ReasonCode> with(
      List<ReasonCode> codes, int[] places, List<SubscribeOutcome> outcomes) {
    List<ReasonCode> all = new ArrayList<>(codes.size());
    for (int i = 0; i < places.length; i++) {
      ReasonCode code = codes.get(i);
      boolean refused =
          !code.isFailure() && outcomes.get(places[i]) == SubscribeOutcome.QUOTA_EXCEEDED;
      all.add(refused ? ReasonCode.QUOTA_EXCEEDED : code);
    }
    return all;
  }

  private static ReasonCode granted(int qos) {
    return switch (qos) {
      case 0 -> ReasonCode.SUCCESS;
      case 1 -> ReasonCode.GRANTED_QOS_1;
      default -> ReasonCode.GRANTED_QOS_2;
    };
  }

  /**
   * Takes in an UNSUBSCRIBE.
   *
   * @throws Breach if the client does not take an answer of that length
   */
  void unsubscribe(Packet.Unsubscribe packet) {
    checkAnswer(packet.filters().size());
    List<TopicFilter> filters = new ArrayList<>();
    // SUCCESS stands where the broker has the word.
    List<ReasonCode> codes = new ArrayList<>(packet.filters().size());
    for (String text : packet.filters()) {
      Optional<TopicFilter> filter = TopicFilter.parse(text);
      filter.ifPresent(filters::add);
      codes.add(filter.isPresent() ? ReasonCode.SUCCESS : ReasonCode.TOPIC_FILTER_INVALID);
    }
    owed++;
    int packetId = packet.packetId();
    connection.unsubscribe(
        filters, were -> answer(() -> replies.unsubAck(packetId, gone(codes, were))));
    holdWhileMuchIsOwed();
  }

  private static List<ReasonCode> gone(List<ReasonCode> codes, List<Boolean> were) {
    Iterator<Boolean> was = were.iterator();
    List<ReasonCode> all = new ArrayList<>(codes.size());
    for (ReasonCode code : codes) {
      boolean none = !code.isFailure() && !was.next();
      all.add(none ? ReasonCode.NO_SUBSCRIPTION_EXISTED : code);
    }
    return all;
  }

  /** The connection is gone: nothing can be answered any more. */
  void close() {
    closed = true;
  }

  /** Before anything is done: an answer that could not be sent would be none (§3.1.2.11.4). */
  private void checkAnswer(int filters) {
    if (!replies.takesAnswerTo(filters)) {
      throw Breach.of(
          ReasonCode.PACKET_TOO_LARGE,
          "an answer to " + filters + " filters is longer than the client takes");
    }
  }

  private void holdWhileMuchIsOwed() {
    if (owed > 0 && (owed >= OWED_MAX || broker.isFull())) {
      valve.hold(ReadValve.Hold.SUBSCRIPTIONS_OWED);
    }
  }

  private void answer(Runnable answer) {
    if (loop.inEventLoop()) {
      answerNow(answer);
    } else {
      EventLoops.execute(loop, () -> answerNow(answer));
    }
  }

  private void answerNow(Runnable answer) {
    owed--;
    if (closed) {
      return;
    }
    answer.run();
    // The last one lets go in any case: nobody else would.
    if (owed == 0 || (owed < OWED_MAX && !broker.isFull())) {
      valve.release(ReadValve.Hold.SUBSCRIPTIONS_OWED);
    }
  }
}
