package io.floodmark.ingest.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.alert.DoubtfulHours;
import io.floodmark.alert.FastRise;
import io.floodmark.alert.LowBattery;
import io.floodmark.alert.SensorWatch;
import java.time.Instant;

/**
 * A {@link SensorWatch} as the JSON of column {@code watch}:
 *
 * <pre>{@code
 * {"silent":false,"rise":[false,1767225600000],"battery":[false,0],"doubt":[false,0.0312,1767225600000]}
 * }</pre>
 *
 * Times are milliseconds since 1970. A row that the schema has just made holds {@code {}}. Pure.
 */
final class WatchMemory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double SHARE_DIGITS = 10_000;

  private WatchMemory() {}

  static String toJson(SensorWatch watch) {
    ObjectNode memory = JSON.createObjectNode();
    memory.put("silent", watch.silent());
    memory.putArray("rise").add(watch.rise().on()).add(millis(watch.rise().heldAt()));
    memory.putArray("battery").add(watch.battery().on()).add(watch.battery().run());
    memory
        .putArray("doubt")
        .add(watch.doubt().on())
        .add(Math.round(watch.doubt().share() * SHARE_DIGITS) / SHARE_DIGITS)
        .add(millis(watch.doubt().at()));
    return memory.toString();
  }

  static SensorWatch of(String json) {
    JsonNode memory = SensorMemory.parse(json);
    JsonNode rise = memory.path("rise");
    JsonNode battery = memory.path("battery");
    JsonNode doubt = memory.path("doubt");
    return new SensorWatch(
        memory.path("silent").booleanValue(),
        new FastRise(rise.path(0).booleanValue(), instant(rise.path(1))),
        new LowBattery(battery.path(0).booleanValue(), battery.path(1).intValue()),
        new DoubtfulHours(
            doubt.path(0).booleanValue(), doubt.path(1).doubleValue(), instant(doubt.path(2))));
  }

  // Jackson writes a null Long as JSON null.
  private static Long millis(Instant at) {
    return at.equals(Instant.MIN) ? null : (Long) at.toEpochMilli();
  }

  private static Instant instant(JsonNode millis) {
    return millis.isNumber() ? Instant.ofEpochMilli(millis.longValue()) : Instant.MIN;
  }
}
