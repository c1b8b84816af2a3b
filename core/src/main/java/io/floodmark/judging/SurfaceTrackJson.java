package io.floodmark.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.surface.Entry;
import io.floodmark.surface.Ground;
import io.floodmark.surface.Heights;
import io.floodmark.surface.Leap;
import io.floodmark.surface.Surface;
import io.floodmark.surface.SurfaceTrack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@link SurfaceTrack} in JSON. Each part is an array of its components in their order; times are
 * milliseconds since 1970, null for never; {@code heights} holds time and height of its first
 * sample, then of each further one the time since the one before it and its height.
 */
final class SurfaceTrackJson {
  private SurfaceTrackJson() {}

  static ObjectNode write(SurfaceTrack track) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Ground ground = track.ground();
    ArrayNode groundNode = json.putArray("ground");
    groundNode.add(ground.heightMm()).add(ground.smoothedMm());
    time(groundNode, ground.seenAt()).add(ground.known());
    Surface on = track.surface();
    ArrayNode onNode = json.putArray("on");
    onNode.add(on.nature().name().toLowerCase(Locale.ROOT)).add(on.heightMm());
    time(onNode, on.at()).add(on.run()).add(on.restingMm()).add(on.moves());
    Entry entry = track.entered();
    json.putArray("entry")
        .add(entry.fromMm())
        .add(entry.lowestMm())
        .add(entry.highestMm())
        .add(entry.above())
        .add(entry.flat());
    track.leap().ifPresent(leap -> leap(json.putArray("leap"), leap));
    track.before().ifPresent(leap -> leap(json.putArray("before"), leap));
    ArrayNode leapsAt = json.putArray("leapsAt");
    track.leapsAt().forEach(at -> leapsAt.add(at.toEpochMilli()));
    ArrayNode heights = json.putArray("heights");
    long last = 0;
    for (Heights.Sample sample : track.heights().samples()) {
      long millis = sample.at().toEpochMilli();
      heights.add(millis - last).add(sample.heightMm());
      last = millis;
    }
    return json;
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
        new Heights(heights(json.path("heights"))));
  }

  private static List<Heights.Sample> heights(JsonNode array) {
    List<Heights.Sample> samples = new ArrayList<>();
    long millis = 0;
    for (int i = 0; i + 1 < array.size(); i += 2) {
      millis += array.path(i).longValue();
      samples.add(new Heights.Sample(Instant.ofEpochMilli(millis), mm(array, i + 1)));
    }
    return samples;
  }

  private static void leap(ArrayNode array, Leap leap) {
    array.add(leap.samples()).add(leap.rises()).add(leap.flats());
    array.add(leap.flatSumMm()).add(leap.lastMm());
    time(array, leap.lastAt()).add(leap.byMm()).add(leap.afterSilence());
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

  private static ArrayNode time(ArrayNode array, Instant at) {
    return at.equals(Instant.MIN) ? array.addNull() : array.add(at.toEpochMilli());
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
