package io.floodmark.ingest.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.floodmark.ingest.mqtt.FrontDoor;
import io.floodmark.ingest.mqtt.Packets;
import java.util.List;

/**
 * What clients say that keep to the rules: the stock that is mutated. Whatever is added here, for a
 * further version of the protocol or a further format, is mutated too.
 */
final class ValidBytes {
  /** The first sensor that may sign in, by which everything here is said. */
  static final String CODE = "a";

  private static final String READINGS = "sensors/" + CODE + "/readings";
  private static final String STATUS = "sensors/" + CODE + "/status";

  private static final String ONE =
      """
      {"ts":1795266300123,"distance_mm":812,"battery_mv":3710,"rssi_dbm":-71,"temperature_c":31.2,\
      "housing_c":44.0,"seq":17}""";

  private ValidBytes() {}

  /** Ways to sign in. */
  static List<byte[]> connects() {
    return List.of(
        sensor().bytes(),
        sensor().keepAlive(0).clientId("").bytes(),
        sensor().will(STATUS, "offline").bytes(),
        sensor().keepingItsSession().clientId("của-cảm-biến").bytes(),
        new Packets.Connect().as("reader", FrontDoor.READER_TOKEN).clientId("r").bytes());
  }

  /** Packets that may follow. */
  static List<byte[]> packets() {
    return List.of(
        Packets.publish(READINGS, 1, 1, ONE),
        Packets.publish(READINGS, 1, 2, "[" + ONE + "," + ONE + "]"),
        Packets.publish(READINGS, 0, 0, "{\"depth_mm\":120}"),
        Packets.publish(8 | 2, READINGS, 3, ONE.getBytes(UTF_8)),
        Packets.publish(1 | 2, STATUS, 4, "online".getBytes(UTF_8)),
        Packets.publish(2, STATUS, 5, "offline".getBytes(UTF_8)),
        Packets.publish(READINGS, 2, 6, ONE),
        Packets.publish("sensors/b/readings", 1, 7, ONE),
        Packets.publish(READINGS + "/bin", 1, 8, "\u0000\u0001\u0002"),
        Packets.publish(READINGS, 1, 9, "{\"distance_mm\":1,\"more\":\"" + "x".repeat(3_000)),
        Packets.pubrel(6),
        Packets.puback(1),
        Packets.subscribe(10, 1, "sensors/a/config", "levels/a"),
        Packets.subscribe(11, 0, "levels/#", "alerts/+"),
        Packets.subscribe(12, 2, "sensors/a/status"),
        Packets.unsubscribe(13, "sensors/a/config", "levels/#"),
        Packets.pingreq(),
        Packets.disconnect());
  }

  /** Payloads of readings. */
  static List<String> payloads() {
    return List.of(
        ONE,
        "[" + ONE + ",{\"depth_mm\":12},{\"rain_mm\":0.2}]",
        "{\"ts\":\"2026-11-21T13:05:00.123Z\",\"depth_mm\":120}",
        "{\"ts\":\"2026-11-21T20:05:00+07:00\",\"rain_mm\":1.25e1}",
        "{\"distance_mm\":-1,\"seq\":0}",
        "{\"distance_mm\":2147483647,\"rssi_dbm\":-32768,\"temperature_c\":-40.0}",
        "{\"ts\":0,\"distance_mm\":812.4,\"battery_mv\":\"3710\"}",
        "{\"distance_mm\":812,\"nested\":{\"a\":[1,[2,{\"b\":null}]]},\"tên\":\"Ngã tư Bần\"}",
        "{\"distance_mm\":812,\"distance_mm\":813,\"note\":\"\\u00e9\\ud83d\\ude00\\n\"}",
        " \r\n[ { \"depth_mm\" : true , \"rain_mm\" : 3 } ] ");
  }

  /** A PUBLISH with that payload. */
  static byte[] publish(int packetId, byte[] payload) {
    return Packets.publish(READINGS, 1, packetId, payload);
  }

  private static Packets.Connect sensor() {
    return new Packets.Connect().as(CODE, FrontDoor.tokenOf(CODE)).clientId("client-a");
  }
}
