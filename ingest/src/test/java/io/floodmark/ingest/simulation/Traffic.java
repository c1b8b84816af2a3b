package io.floodmark.ingest.simulation;

import static io.floodmark.ingest.commit.SimulatedStore.BUG_DBM;
import static io.floodmark.ingest.commit.SimulatedStore.REFUSED_DBM;

import io.floodmark.ingest.commit.SimulatedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one sensor comes to say: readings of water that rises and falls, in time, late, again,
 * contradicting itself, without a time, and what is no reading at all.
 */
final class Traffic {
  private static final int OVERSIZE_CHARS = 4_000;
  private static final int QUALITY_OF_SERVICE_0_ONE_IN = 10;

  private final int sensorId;
  private final String code;
  private final Chance chance;
  private final Marks marks;
  private final SimulatedStore store;
  private final List<Element.Timed> said = new ArrayList<>();
  private int depthMm;
  private int risingMm = 20;

  Traffic(int sensorId, String code, Chance chance, Marks marks, SimulatedStore store) {
    this.sensorId = sensorId;
    this.code = code;
    this.chance = chance;
    this.marks = marks;
    this.store = store;
  }

  /** Marks, each given once in a world. */
  static final class Marks {
    private int last;

    int next() {
      return ++last;
    }

    int last() {
      return last;
    }
  }

  /** The next thing to say. */
  Message next(Instant now) {
    return switch (chance.between(0, 23)) {
      case 0, 1 -> several(now);
      case 2, 3 -> one(timed(now.minus(late()), measured(), ""));
      case 4, 5 -> one(untimed(true));
      case 6 -> one(untimed(false));
      case 7 -> one(unset());
      case 8 -> one(timed(now.plusSeconds(chance.between(1, 200_000)), measured(), ""));
      case 9, 10 -> again().orElseGet(() -> fresh(now));
      case 11 -> otherwise().orElseGet(() -> fresh(now));
      case 12 -> one(timed(now, measured(), ",\"rssi_dbm\":" + BUG_DBM));
      case 13 -> poison(now);
      case 14 -> status();
      default -> fresh(now);
    };
  }

  /** A reading of just now. */
  Message fresh(Instant now) {
    return one(timed(now, measured(), ""));
  }

  private Message several(Instant now) {
    List<Said> all = new ArrayList<>();
    int count = chance.between(2, 5);
    for (int i = count - 1; i >= 0; i--) {
      all.add(
          switch (chance.between(0, 5)) {
            case 0 -> untimed(true);
            case 1 -> bad("\"distance_mm\":\"far\"");
            default -> timed(now.minusSeconds(60L * i), measured(), "");
          });
    }
    String payload = all.stream().map(said -> said.json).collect(Collectors.joining(",", "[", "]"));
    return message(payload, all.stream().map(said -> said.element).toList());
  }

  private Message poison(Instant now) {
    return switch (chance.between(0, 6)) {
      case 0 -> {
        int mark = marks.next();
        yield message("{\"battery_mv\":" + mark + ",\"distance_mm\":", new Element.Bad(mark));
      }
      case 1 -> {
        Said bad = bad("\"distance_mm\":1");
        yield new Message("sensors/" + code + "/else", bad.json, 1, List.of(bad.element));
      }
      case 2 -> {
        int mark = marks.next();
        String padding = "x".repeat(chance.between(0, OVERSIZE_CHARS));
        String start = "{\"battery_mv\":" + mark + ",\"distance_mm\":1,\"more\":\"";
        yield message(start + padding + "x".repeat(World.PAYLOAD_BYTES_MAX), new Element.Bad(mark));
      }
      case 3 -> one(bad("\"temperature_c\":20"));
      case 4 -> one(bad("\"distance_mm\":1,\"ts\":400000000000000"));
      case 5 -> one(refused(now));
      default -> message("nonsense", List.of());
    };
  }

  private Message status() {
    String status = chance.oneIn(2) ? "online" : "offline";
    return new Message(
        "sensors/" + code + "/status",
        status,
        1,
        List.of(new Element.Status(sensorId, marks.next(), store.statuses(sensorId))));
  }

  private Optional<Message> again() {
    if (said.isEmpty()) {
      return Optional.empty();
    }
    Element.Timed before = chance.oneOf(said);
    return Optional.of(one(timed(before.at(), before.distanceMm(), "")));
  }

  private Optional<Message> otherwise() {
    if (said.isEmpty()) {
      return Optional.empty();
    }
    Element.Timed before = chance.oneOf(said);
    return Optional.of(one(timed(before.at(), before.distanceMm() + 1, "")));
  }

  private record Said(String json, Element element) {}

  private Said timed(Instant at, int distanceMm, String more) {
    int mark = marks.next();
    Element.Timed element =
        new Element.Timed(sensorId, mark, Instant.ofEpochMilli(at.toEpochMilli()), distanceMm);
    said.add(element);
    return new Said(
        json(mark, ",\"ts\":" + at.toEpochMilli() + ",\"distance_mm\":" + distanceMm + more),
        element);
  }

  private Said untimed(boolean numbered) {
    int mark = marks.next();
    String number = numbered ? ",\"seq\":" + mark : "";
    return new Said(
        json(mark, ",\"distance_mm\":" + measured() + number), new Element.Untimed(mark, numbered));
  }

  /** Of a clock that was never set. */
  private Said unset() {
    int mark = marks.next();
    return new Said(
        json(mark, ",\"ts\":" + mark + ",\"distance_mm\":" + measured() + ",\"seq\":" + mark),
        new Element.Untimed(mark, true));
  }

  private Said refused(Instant now) {
    int mark = marks.next();
    long at = now.toEpochMilli() + chance.between(1, 999);
    String fields = ",\"ts\":" + at + ",\"distance_mm\":1,\"rssi_dbm\":" + REFUSED_DBM;
    return new Said(json(mark, fields), new Element.Bad(mark));
  }

  private Said bad(String fields) {
    int mark = marks.next();
    return new Said(json(mark, "," + fields), new Element.Bad(mark));
  }

  private static String json(int mark, String fields) {
    return "{\"battery_mv\":" + mark + fields + "}";
  }

  private Message one(Said said) {
    return message(said.json, List.of(said.element));
  }

  private Message message(String payload, Element element) {
    return message(payload, List.of(element));
  }

  private Message message(String payload, List<Element> elements) {
    int qos = chance.oneIn(QUALITY_OF_SERVICE_0_ONE_IN) ? 0 : 1;
    return new Message("sensors/" + code + "/readings", payload, qos, elements);
  }

  private Duration late() {
    return Duration.ofSeconds(chance.between(600, chance.oneIn(3) ? 400_000 : 3_000));
  }

  /** Water that rises for a while, then falls. */
  private int measured() {
    depthMm = Math.max(0, depthMm + risingMm + chance.between(-8, 8));
    if (depthMm > 600) {
      risingMm = -30;
    } else if (depthMm == 0) {
      risingMm = chance.between(10, 60);
    }
    return SimulatedStore.MOUNT_HEIGHT_MM - depthMm;
  }
}
