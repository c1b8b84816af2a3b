package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.ClientKey;
import io.floodmark.ingest.packet.Will;
import java.time.InstantSource;

/**
 * How the will of a client is said once it has to be: what a sensor's means is committed like what
 * it sends, unless another session of it is there; an open client's is published as it is. Safe for
 * use by any thread; nothing here blocks.
 */
final class LastWords {
  private LastWords() {}

  /** Those of a sensor, whose will says {@code status}. */
  static Runnable ofSensor(
      Sessions sessions, Client.Key sensor, Intake intake, SensorStatus status) {
    return () -> sessions.say(sensor, intake.will(status));
  }

  /** Those of an open client; how long they are of use counts from when they are said. */
  static Runnable ofOpen(Broker broker, ClientKey client, Will will, InstantSource clock) {
    return () -> broker.publish(client, Relay.message(will, clock.instant()), outcome -> {});
  }
}
