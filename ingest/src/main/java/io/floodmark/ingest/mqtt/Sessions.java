package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Submission;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who is connected, by sensor and by token. Decides who has to make way for whom, and whether a
 * will counts. Safe for use by any thread; what concerns one client happens in one order.
 */
final class Sessions {
  /** A session as seen from others; safe for use by any thread. */
  interface Member {
    /** Whether {@code other}, of the same sensor or token, gave the same client id. */
    boolean isSameClient(Member other);

    /** Closes it, soon. */
    void end(MqttCounters.Closing why);
  }

  /** Where the will of a sensor waits while the queue is full. */
  private record WillOf(Client.Key sensor) {}

  private final ConcurrentHashMap<Client.Key, List<Member>> byClient = new ConcurrentHashMap<>();
  private final MqttLimits limits;
  private final CommitQueue queue;
  private final RoomWaiters roomWaiters;
  private final MqttCounters counters;
  private volatile boolean stopping;

  Sessions(MqttLimits limits, CommitQueue queue, RoomWaiters roomWaiters, MqttCounters counters) {
    this.limits = limits;
    this.queue = queue;
    this.roomWaiters = roomWaiters;
    this.counters = counters;
  }

  /**
   * Takes in a new session. An older one of the same sensor or token and client id is closed (MQTT
   * 3.1.1 §3.1.4-2), and so is the oldest if there are too many; a session of another never is,
   * whatever its client id.
   */
  void join(Client.Key client, Member joining) {
    int max =
        switch (client.kind()) {
          case SENSOR -> limits.sessionsPerSensorMax();
          case READER -> limits.sessionsPerReaderMax();
          case OPEN -> limits.sessionsOpenMax();
        };
    byClient.compute(
        client,
        (id, present) -> {
          List<Member> members = present == null ? new ArrayList<>(1) : present;
          for (Iterator<Member> older = members.iterator(); older.hasNext(); ) {
            Member member = older.next();
            if (joining.isSameClient(member)) {
              older.remove();
              member.end(MqttCounters.Closing.TAKEN_OVER);
            }
          }
          while (members.size() >= max) {
            members.remove(0).end(MqttCounters.Closing.TAKEN_OVER);
          }
          members.add(joining);
          // The sensor is back before its will could be handed over.
          roomWaiters.forget(new WillOf(client));
          return members;
        });
  }

  /** Takes out a session that has closed. */
  void leave(Client.Key client, Member leaving) {
    byClient.computeIfPresent(
        client,
        (id, present) -> {
          present.remove(leaving);
          return present.isEmpty() ? null : present;
        });
  }

  /**
   * Says a sensor's will, unless another session of that sensor is connected, or it is we who stop.
   */
  void say(Client.Key sensor, Submission will) {
    // In here, so that what the sensor says when it is back comes after it.
    byClient.compute(
        sensor,
        (id, present) -> {
          if (present == null && !stopping) {
            handOver(sensor, will);
          }
          return present;
        });
  }

  /** Those of a kind that are connected. */
  Set<Integer> present(Client.Kind kind) {
    return byClient.keySet().stream()
        .filter(client -> client.kind() == kind)
        .map(Client.Key::id)
        .collect(Collectors.toSet());
  }

  /** Closes the sessions of clients that may no longer sign in as they did. */
  void revoke(Set<Client.Key> clients) {
    for (Client.Key client : clients) {
      // Out of here at once, or their wills would not count.
      List<Member> members = byClient.remove(client);
      if (members != null) {
        members.forEach(member -> member.end(MqttCounters.Closing.REVOKED));
      }
    }
  }

  /** From now on no will is handed over. */
  void stop() {
    stopping = true;
  }

  /** Whether we are stopping: nobody may sign in. */
  boolean isStopping() {
    return stopping;
  }

  private void handOver(Client.Key sensor, Submission will) {
    counters.countWill();
    if (queue.isFull()) {
      // One for each sensor waits outside the queue, or a bad network would fill it without bound.
      roomWaiters.whenRoom(new WillOf(sensor), () -> addUnlessStopping(will));
    } else {
      queue.add(will);
    }
  }

  private void addUnlessStopping(Submission will) {
    if (!stopping) {
      queue.add(will);
    }
  }
}
