package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Submission;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is connected, by sensor. Decides who has to make way for whom, and whether a will counts.
 * Safe for use by any thread; what concerns one sensor happens in one order.
 */
final class Sessions {
  /** A session as seen from others; safe for use by any thread. */
  interface Member {
    /** Whether {@code other}, of the same sensor, gave the same client id. */
    boolean isSameClient(Member other);

    /** Closes it, soon. */
    void end(MqttCounters.Closing why);
  }

  /** Where the will of a sensor waits while the queue is full. */
  private record WillOf(int sensorId) {}

  private final ConcurrentHashMap<Integer, List<Member>> bySensor = new ConcurrentHashMap<>();
  private final int sessionsPerSensorMax;
  private final CommitQueue queue;
  private final RoomWaiters roomWaiters;
  private final MqttCounters counters;
  private volatile boolean stopping;

  Sessions(
      int sessionsPerSensorMax, CommitQueue queue, RoomWaiters roomWaiters, MqttCounters counters) {
    this.sessionsPerSensorMax = sessionsPerSensorMax;
    this.queue = queue;
    this.roomWaiters = roomWaiters;
    this.counters = counters;
  }

  /**
   * Takes in a new session. An older one of the same sensor and client id is closed (MQTT 3.1.1
   * §3.1.4-2), and so is the oldest if the sensor has too many; a session of another sensor never
   * is, whatever its client id.
   */
  void join(int sensorId, Member joining) {
    bySensor.compute(
        sensorId,
        (id, present) -> {
          List<Member> members = present == null ? new ArrayList<>() : present;
          for (Iterator<Member> older = members.iterator(); older.hasNext(); ) {
            Member member = older.next();
            if (joining.isSameClient(member)) {
              older.remove();
              member.end(MqttCounters.Closing.TAKEN_OVER);
            }
          }
          while (members.size() >= sessionsPerSensorMax) {
            members.remove(0).end(MqttCounters.Closing.TAKEN_OVER);
          }
          members.add(joining);
          // The sensor is back before its will could be handed over.
          roomWaiters.forget(new WillOf(sensorId));
          return members;
        });
  }

  /**
   * Takes out a session that has closed. Its will is handed over only if no other session of that
   * sensor is connected, and not when it is we who stop.
   */
  void leave(int sensorId, Member leaving, Optional<Submission> will) {
    bySensor.compute(
        sensorId,
        (id, present) -> {
          // Who is not among them had to make way for another session of the same sensor.
          if (present == null || !present.remove(leaving) || !present.isEmpty()) {
            return present;
          }
          // Handed over in here, so that what the sensor says when it is back comes after it.
          will.filter(submission -> !stopping)
              .ifPresent(submission -> handOver(sensorId, submission));
          return null;
        });
  }

  /** Closes the sessions of sensors that may no longer sign in as they did. */
  void revoke(Set<Integer> sensorIds) {
    for (int sensorId : sensorIds) {
      bySensor.computeIfPresent(
          sensorId,
          (id, members) -> {
            members.forEach(member -> member.end(MqttCounters.Closing.REVOKED));
            return members;
          });
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

  private void handOver(int sensorId, Submission will) {
    counters.countWill();
    if (queue.isFull()) {
      // One for each sensor waits outside the queue, or a bad network would fill it without bound.
      roomWaiters.whenRoom(new WillOf(sensorId), () -> addUnlessStopping(will));
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
