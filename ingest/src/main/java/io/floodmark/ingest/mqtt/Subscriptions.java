package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.BrokerConnection;
import io.floodmark.ingest.broker.SubscribeOutcome;
import io.floodmark.ingest.broker.Subscription;
import io.floodmark.ingest.broker.TopicFilter;
import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Answers SUBSCRIBE and UNSUBSCRIBE of one client, each once it is safe (§3.8.4, §3.10.4). Confined
 * to the connection's event loop.
 */
final class Subscriptions {
  private final EventLoop loop;
  private final Replies replies;
  private final BrokerConnection connection;
  private final Rights rights;

  Subscriptions(EventLoop loop, Replies replies, BrokerConnection connection, Rights rights) {
    this.loop = loop;
    this.replies = replies;
    this.connection = connection;
    this.rights = rights;
  }

  void subscribe(Packet.Subscribe packet) {
    // SUCCESS stands where the broker has the word.
    List<ReasonCode> codes = new ArrayList<>();
    List<Subscription> wanted = new ArrayList<>();
    for (Packet.Filter asked : packet.filters()) {
      Optional<TopicFilter> filter = TopicFilter.parse(asked.filter());
      ReasonCode code = filter.map(rights::subscribe).orElse(ReasonCode.TOPIC_FILTER_INVALID);
      codes.add(code);
      if (code == ReasonCode.SUCCESS) {
        wanted.add(subscription(filter.orElseThrow(), asked, packet.identifier()));
      }
    }
    if (wanted.isEmpty()) {
      replies.subAck(packet.packetId(), codes);
      return;
    }
    connection.subscribe(
        wanted,
        outcomes -> onLoop(() -> replies.subAck(packet.packetId(), with(codes, wanted, outcomes))));
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
      List<ReasonCode> codes, List<Subscription> wanted, List<SubscribeOutcome> outcomes) {
    Iterator<Subscription> subscription = wanted.iterator();
    Iterator<SubscribeOutcome> outcome = outcomes.iterator();
    List<ReasonCode> all = new ArrayList<>();
    for (ReasonCode code : codes) {
      all.add(code == ReasonCode.SUCCESS ? granted(subscription.next(), outcome.next()) : code);
    }
    return all;
  }

  private static ReasonCode granted(Subscription subscription, SubscribeOutcome outcome) {
    if (outcome == SubscribeOutcome.QUOTA_EXCEEDED) {
      return ReasonCode.QUOTA_EXCEEDED;
    }
    return switch (subscription.qos()) {
      case 0 -> ReasonCode.SUCCESS;
      case 1 -> ReasonCode.GRANTED_QOS_1;
      default -> ReasonCode.GRANTED_QOS_2;
    };
  }

  void unsubscribe(Packet.Unsubscribe packet) {
    List<Optional<TopicFilter>> filters =
        packet.filters().stream().map(TopicFilter::parse).toList();
    connection.unsubscribe(
        filters.stream().flatMap(Optional::stream).toList(),
        were -> onLoop(() -> replies.unsubAck(packet.packetId(), gone(filters, were))));
  }

  private static List<ReasonCode> gone(List<Optional<TopicFilter>> filters, List<Boolean> were) {
    Iterator<Boolean> was = were.iterator();
    List<ReasonCode> codes = new ArrayList<>();
    for (Optional<TopicFilter> filter : filters) {
      codes.add(filter.isPresent() ? gone(was.next()) : ReasonCode.TOPIC_FILTER_INVALID);
    }
    return codes;
  }

  private static ReasonCode gone(boolean was) {
    return was ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED;
  }

  private void onLoop(Runnable answer) {
    if (loop.inEventLoop()) {
      answer.run();
    } else {
      EventLoops.execute(loop, answer);
    }
  }
}
