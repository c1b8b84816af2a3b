package io.floodmark.ingest.commit;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.alert.DoubtfulHours;
import io.floodmark.alert.FastRise;
import io.floodmark.alert.LowBattery;
import io.floodmark.alert.SensorWatch;

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
  private static final double SHARE_DIGITS = 10_000;

  private WatchMemory() {}

  static String toJson(SensorWatch watch) {
    return SensorMemory.written(
        json -> {
          json.writeBooleanField("silent", watch.silent());
          json.writeArrayFieldStart("rise");
          json.writeBoolean(watch.rise().on());
          SensorMemory.time(json, watch.rise().heldAt());
          json.writeEndArray();
          json.writeArrayFieldStart("battery");
          json.writeBoolean(watch.battery().on());
          json.writeNumber(watch.battery().run());
          json.writeEndArray();
          json.writeArrayFieldStart("doubt");
          json.writeBoolean(watch.doubt().on());
          json.writeNumber(Math.round(watch.doubt().share() * SHARE_DIGITS) / SHARE_DIGITS);
          SensorMemory.time(json, watch.doubt().at());
          json.writeEndArray();
        });
  }

  static SensorWatch of(String json) {
    JsonNode memory = SensorMemory.parse(json);
    JsonNode rise = memory.path("rise");
    JsonNode battery = memory.path("battery");
    JsonNode doubt = memory.path("doubt");
    return new SensorWatch(
        memory.path("silent").booleanValue(),
        new FastRise(rise.path(0).booleanValue(), SensorMemory.instant(rise.path(1))),
        new LowBattery(battery.path(0).booleanValue(), battery.path(1).intValue()),
        new DoubtfulHours(
            doubt.path(0).booleanValue(),
            doubt.path(1).doubleValue(),
            SensorMemory.instant(doubt.path(2))));
  }
}
