package io.floodmark.ingest.broker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How messages find their way to sessions. Guarded by the broker's lock. */
final class Router {
  private final SubscriptionTree tree = new SubscriptionTree();
  private final RetainedMessages retained;
  private final Access access;
  private final Journal journal;
  private final BrokerCounters counters;
  private long order;

  Router(BrokerLimits limits, Access access, Journal journal, BrokerCounters counters) {
    this.retained = new RetainedMessages(limits);
    this.access = access;
    this.journal = journal;
    this.counters = counters;
  }

  /** What several subscriptions of one session that match come to (§3.3.4). */
  private static final class Match {
    private int qos;
    private boolean retain;
    private final List<Integer> ids = new ArrayList<>(1);
  }

  /**
   * Sends {@code message} to whoever is subscribed, and retains it if it is to be.
   *
   * @param refusable whether its publisher can be told that it goes nowhere, because there is no
   *     room to retain it; else it is sent all the same
   */
  PublishOutcome publish(
      Optional<ClientKey> from, Message message, boolean isState, boolean refusable) {
    boolean kept = !message.retain() || retain(message, isState);
    if (!kept && refusable) {
      return PublishOutcome.QUOTA_EXCEEDED;
    }
    boolean matched = send(from, message, isState);
    return matched ? PublishOutcome.ROUTED : PublishOutcome.NO_MATCHING_SUBSCRIBERS;
  }

  /** Subscribes, and sends what is retained (§3.8.4). */
  void subscribe(Session session, Subscription subscription, Instant now) {
    boolean isNew = tree.put(session, subscription);
    session.subscribe(subscription);
    journal.subscribed(session, subscription);
    // What is retained is not for those who share (§4.8.2).
    if (!subscription.filter().isShared()
        && (subscription.retainHandling() == Subscription.RetainHandling.SEND_AT_SUBSCRIBE
            || (isNew
                && subscription.retainHandling() == Subscription.RetainHandling.SEND_IF_NEW))) {
      retained.match(
          subscription.filter().filter(), now, found -> sendRetained(session, subscription, found));
    }
  }

  /** Whether the subscription was there. */
  boolean unsubscribe(Session session, TopicFilter filter) {
    if (!session.unsubscribe(filter)) {
      return false;
    }
    tree.remove(session, filter);
    journal.unsubscribed(session, filter);
    return true;
  }

  /** The session is no more. */
  void forget(Session session) {
    drop(session);
    sendOn(session.takeShared());
  }

  /** The session is elsewhere, and so is what is owed to it. */
  void drop(Session session) {
    for (Subscription subscription : session.subscriptions()) {
      tree.remove(session, subscription.filter());
    }
    session.findOutbox().ifPresent(Outbox::ended);
  }

  /** Nobody is connected to the session: others of its groups may be. */
  void left(Session session) {
    sendOn(session.takeUnsentShared());
  }

  /** Subscriptions of all sessions. */
  int subscriptionCount() {
    return tree.size();
  }

  /** The server's own topics that have a message. */
  RetainedMessages retained() {
    return retained;
  }

  /** Takes in a session that was written before a restart. */
  void restore(Session session, StoredBroker.StoredSession stored) {
    for (Subscription subscription : stored.subscriptions()) {
      tree.put(session, subscription);
      session.subscribe(subscription);
    }
    stored.received().forEach(session::receive);
    List<Entry> entries = new ArrayList<>();
    for (StoredBroker.StoredMessage message : stored.queued()) {
      order = Math.max(order, message.place());
      entries.add(entry(session, message));
    }
    if (!entries.isEmpty()) {
      session.outbox().restore(entries);
    }
  }

  /** Takes in a retained message that was written before a restart. */
  void restore(Message message, Instant now) {
    if (message.hasExpired(now)) {
      journal.cleared(message.topic());
    } else if (retained.find(message.topic()).isEmpty()) {
      retained.put(message, false);
    }
  }

  /**
   * Sends what the server has told to sessions that have come only now: it was told to nobody while
   * they were not there, and is told again only when it changes.
   */
  void tellStates() {
    retained.states().forEach(state -> send(Optional.empty(), state, true));
  }

  /** Tells a session that is back all states that it has asked for. */
  void tellStates(Session session, Instant now) {
    for (Subscription subscription : session.subscriptions()) {
      if (!subscription.filter().isShared() && subscription.qos() > 0) {
        retained.match(
            subscription.filter().filter(), now, found -> tellState(session, subscription, found));
      }
    }
  }

  private void tellState(
      Session session, Subscription subscription, RetainedMessages.Retained found) {
    if (found.isState() && may(session, found.message())) {
      Message message = found.message();
      session
          .outbox()
          .add(
              entry(
                  message,
                  new Entry.Way(
                      Math.min(subscription.qos(), message.qos()),
                      subscription.retainAsPublished(),
                      true,
                      true,
                      subscription.id().stream().boxed().toList(),
                      Optional.empty())));
    }
  }

  /**
   * Ends those subscriptions of a session that {@code may} does not allow, and drops what only they
   * have brought.
   */
  void keepOnly(Session session, Predicate<TopicFilter> may) {
    List<TopicFilter> ended =
        session.subscriptions().stream().map(Subscription::filter).filter(may.negate()).toList();
    if (ended.isEmpty()) {
      return;
    }
    ended.forEach(filter -> unsubscribe(session, filter));
    session
        .findOutbox()
        .ifPresent(
            outbox ->
                outbox.dropUnsent(
                    topic ->
                        session.subscriptions().stream()
                            .noneMatch(left -> left.filter().matches(topic))));
  }

  private Entry entry(Session session, StoredBroker.StoredMessage message) {
    Changes.QueuedRow row = message.row();
    Entry entry =
        new Entry(
            message.place(),
            row.message(),
            new Entry.Way(
                row.qos(),
                row.retain(),
                row.newestOnly(),
                false,
                row.subscriptionIds(),
                row.share().map(TopicFilter::of).flatMap(group -> tree.group(session, group))));
    entry.packetId = row.packetId();
    entry.stage = row.received() ? Entry.Stage.RECEIVED : Entry.Stage.WAITING;
    return entry;
  }

  private boolean retain(Message message, boolean isState) {
    if (message.payload().length == 0) {
      // Clears the topic (§3.3.1.3).
      if (retained.remove(message.topic())) {
        journal.cleared(message.topic());
      }
      return true;
    }
    if (!retained.put(message, isState)) {
      counters.countDropped(BrokerCounters.Drop.RETAINED_FULL);
      return false;
    }
    if (!isState) {
      journal.retained(message);
    }
    return true;
  }

  private boolean send(Optional<ClientKey> from, Message message, boolean isState) {
    Map<Session, Match> matches = new LinkedHashMap<>();
    List<ShareGroup> groups = new ArrayList<>();
    tree.match(
        message.topic(),
        new SubscriptionTree.Visitor() {
          @Override
          public void subscribed(Session session, Subscription subscription) {
            boolean own = from.isPresent() && from.get().equals(session.client());
            if (!(own && subscription.noLocal()) && may(session, message)) {
              Match match = matches.computeIfAbsent(session, same -> new Match());
              match.qos = Math.max(match.qos, subscription.qos());
              match.retain |= subscription.retainAsPublished();
              subscription.id().ifPresent(match.ids::add);
            }
          }

          @Override
          public void shared(ShareGroup group) {
            groups.add(group);
          }
        });
    matches.forEach(
        (session, match) ->
            session
                .outbox()
                .add(
                    entry(
                        message,
                        new Entry.Way(
                            Math.min(match.qos, message.qos()),
                            match.retain && message.retain(),
                            isState,
                            isState,
                            List.copyOf(match.ids),
                            Optional.empty()))));
    boolean any = !matches.isEmpty();
    for (ShareGroup group : groups) {
      any |= share(message, isState, group);
    }
    return any;
  }

  /** To a member that is connected, else to one that will be. Whether there is one. */
  private boolean share(Message message, boolean isState, ShareGroup group) {
    Optional<ShareGroup.Member> member =
        group
            .turn(one -> one.session().isConnected() && may(one.session(), message))
            .or(() -> group.turn(one -> may(one.session(), message)));
    member.ifPresent(
        chosen ->
            chosen
                .session()
                .outbox()
                .add(
                    entry(
                        message,
                        new Entry.Way(
                            Math.min(chosen.subscription().qos(), message.qos()),
                            chosen.subscription().retainAsPublished() && message.retain(),
                            false,
                            isState,
                            chosen.subscription().id().stream().boxed().toList(),
                            Optional.of(group)))));
    return member.isPresent();
  }

  private void sendOn(List<Entry> entries) {
    for (Entry entry : entries) {
      share(entry.message, entry.way.isState(), entry.way.share().orElseThrow());
    }
  }

  private void sendRetained(
      Session session, Subscription subscription, RetainedMessages.Retained found) {
    Message message = found.message();
    if (!may(session, message)) {
      return;
    }
    session
        .outbox()
        .add(
            entry(
                message,
                new Entry.Way(
                    Math.min(subscription.qos(), message.qos()),
                    // Set on what a new subscription brings (MQTT-3.3.1-8).
                    true,
                    true,
                    found.isState(),
                    subscription.id().stream().boxed().toList(),
                    Optional.empty())));
  }

  private Entry entry(Message message, Entry.Way way) {
    return new Entry(++order, message, way);
  }

  private boolean may(Session session, Message message) {
    return access.mayReceive(session.client(), message.topic());
  }
}
