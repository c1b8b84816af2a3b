package io.floodmark.judging;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.surface.Entry;
import io.floodmark.surface.Ground;
import io.floodmark.surface.Heights;
import io.floodmark.surface.Leap;
import io.floodmark.surface.Surface;
import io.floodmark.surface.SurfaceTrack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@link SurfaceTrack} in JSON. Each part is an array of its components in their order; times are
 * milliseconds since 1970, null for never; {@code heights} as {@link RecentValuesJson} says.
 */
final class SurfaceTrackJson {
  private SurfaceTrackJson() {}

  static void write(JsonGenerator json, SurfaceTrack track) throws IOException {
    json.writeStartObject();
    ground(json, track.ground());
    surface(json, track.surface());
    entry(json, track.entered());
    leap(json, "leap", track.leap());
    leap(json, "before", track.before());
    json.writeArrayFieldStart("leapsAt");
    for (Instant at : track.leapsAt()) {
      json.writeNumber(at.toEpochMilli());
    }
    json.writeEndArray();
    RecentValuesJson.write(json, "heights", track.heights().seenMm());
    json.writeEndObject();
  }

  private static void ground(JsonGenerator json, Ground ground) throws IOException {
    json.writeArrayFieldStart("ground");
    json.writeNumber(ground.heightMm());
    json.writeNumber(ground.smoothedMm());
    time(json, ground.seenAt());
    json.writeNumber(ground.known());
    json.writeEndArray();
  }

  private static void surface(JsonGenerator json, Surface surface) throws IOException {
    json.writeArrayFieldStart("on");
    json.writeString(surface.nature().name().toLowerCase(Locale.ROOT));
    json.writeNumber(surface.heightMm());
    time(json, surface.at());
    json.writeNumber(surface.run());
    json.writeNumber(surface.restingMm());
    json.writeNumber(surface.moves());
    json.writeEndArray();
  }

  private static void entry(JsonGenerator json, Entry entry) throws IOException {
    json.writeArrayFieldStart("entry");
    json.writeNumber(entry.fromMm());
    json.writeNumber(entry.lowestMm());
    json.writeNumber(entry.highestMm());
    json.writeNumber(entry.above());
    json.writeBoolean(entry.flat());
    json.writeEndArray();
  }

  private static void leap(JsonGenerator json, String name, Optional<Leap> there)
      throws IOException {
    if (there.isEmpty()) {
      return;
    }
    Leap leap = there.get();
    json.writeArrayFieldStart(name);
    json.writeNumber(leap.samples());
    json.writeNumber(leap.rises());
    json.writeNumber(leap.flats());
    json.writeNumber(leap.flatSumMm());
    json.writeNumber(leap.lastMm());
    time(json, leap.lastAt());
    json.writeNumber(leap.byMm());
    json.writeBoolean(leap.afterSilence());
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, Instant at) throws IOException {
    if (at.equals(Instant.MIN)) {
      json.writeNull();
    } else {
      json.writeNumber(at.toEpochMilli());
    }
  }

  static SurfaceTrack read(JsonNode json) {
    if (!json.has("ground")) {
      return SurfaceTrack.NONE;
    }
    JsonNode ground = json.path("ground");
    JsonNode on = json.path("on");
    JsonNode entry = json.path("entry");
    List<Instant> leapsAt = new ArrayList<>();
    json.path("leapsAt").forEach(at -> leapsAt.add(time(at)));
    return new SurfaceTrack(
        new Ground(mm(ground, 0), mm(ground, 1), time(ground.path(2)), number(ground, 3)),
        new Surface(
            Surface.Nature.valueOf(on.path(0).textValue().toUpperCase(Locale.ROOT)),
            mm(on, 1),
            time(on.path(2)),
            number(on, 3),
            mm(on, 4),
            number(on, 5)),
        new Entry(
            mm(entry, 0),
            mm(entry, 1),
            mm(entry, 2),
            number(entry, 3),
            entry.path(4).booleanValue()),
        leap(json.path("leap")),
        leap(json.path("before")),
        leapsAt,
        new Heights(RecentValuesJson.read(json.path("heights"))));
  }

  private static Optional<Leap> leap(JsonNode array) {
    return array.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Leap(
                number(array, 0),
                number(array, 1),
                number(array, 2),
                mm(array, 3),
                mm(array, 4),
                time(array.path(5)),
                mm(array, 6),
                array.path(7).booleanValue()));
  }

  private static Instant time(JsonNode millis) {
    return millis.isNumber() ? Instant.ofEpochMilli(millis.longValue()) : Instant.MIN;
  }

  private static double mm(JsonNode array, int index) {
    return array.path(index).doubleValue();
  }

  private static int number(JsonNode array, int index) {
    return array.path(index).intValue();
  }
}
