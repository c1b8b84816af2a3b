package io.floodmark.judging;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.quality.AttenuationStream;
import io.floodmark.quality.FlatLineStream;
import io.floodmark.quality.FlatLineStream.Mark;
import io.floodmark.surface.Rainfall;
import io.floodmark.surface.SurfaceTrack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A {@link QualityMemory} in JSON, for the sensor's state:
 *
 * <pre>{@code
 * {"n":2,"at":1767225600000,"eval":1767225600000,"mm":[140,142],"dist":1858,
 *  "flat":{"at":...,"n":12,"from":10,"lo":[[11,1858]],"hi":[[10,1859]]},
 *  "att":[1767222000000,1861,3600000,1858]}
 * }</pre>
 *
 * {@code surface}, {@code rain} and {@code att} as {@link SurfaceTrackJson}, {@link RainfallJson}
 * and {@link RecentValuesJson} say; {@code leapt} holds times. Times are milliseconds since 1970.
 * About 1 kB with the default settings.
 */
public final class QualityMemoryJson {
  private static final String AT = "at";

  private QualityMemoryJson() {}

  /** Writes it as an object; an empty one before the first reading. */
  public static void write(JsonGenerator json, QualityMemory memory) throws IOException {
    json.writeStartObject();
    if (memory.samples() > 0) {
      json.writeNumberField("n", memory.samples());
      json.writeNumberField(AT, memory.observedAt().toEpochMilli());
      json.writeNumberField("eval", memory.evaluatedAt().toEpochMilli());
      json.writeArrayFieldStart("mm");
      RecentValuesJson.value(json, memory.beforeLastMm());
      RecentValuesJson.value(json, memory.lastMm());
      json.writeEndArray();
      if (memory.distanceMm().isPresent()) {
        json.writeNumberField("dist", memory.distanceMm().getAsInt());
      }
      flatLine(json, memory);
      if (!memory.attenuation().window().isEmpty()) {
        RecentValuesJson.write(json, "att", memory.attenuation().window());
      }
      if (!memory.surface().equals(SurfaceTrack.NONE)) {
        json.writeFieldName("surface");
        SurfaceTrackJson.write(json, memory.surface());
      }
      if (!memory.leapt().isEmpty()) {
        json.writeArrayFieldStart("leapt");
        for (Instant at : memory.leapt()) {
          json.writeNumber(at.toEpochMilli());
        }
        json.writeEndArray();
      }
      if (!memory.rainfall().equals(Rainfall.NONE)) {
        json.writeFieldName("rain");
        RainfallJson.write(json, memory.rainfall());
      }
    }
    json.writeEndObject();
  }

  private static void flatLine(JsonGenerator json, QualityMemory memory) throws IOException {
    if (memory.flatLineAt().equals(Instant.MIN)) {
      return;
    }
    json.writeObjectFieldStart("flat");
    json.writeNumberField(AT, memory.flatLineAt().toEpochMilli());
    json.writeNumberField("n", memory.flatLine().samples());
    json.writeNumberField("from", memory.flatLine().flatFrom());
    marks(json, "lo", memory.flatLine().lows());
    marks(json, "hi", memory.flatLine().highs());
    json.writeEndObject();
  }

  /** What such JSON holds; what is not there has not been seen. */
  public static QualityMemory read(JsonNode json) {
    if (json.path("n").intValue() == 0) {
      return QualityMemory.NONE;
    }
    JsonNode flat = json.path("flat");
    return new QualityMemory(
        json.path("n").intValue(),
        Instant.ofEpochMilli(json.path(AT).longValue()),
        Instant.ofEpochMilli(json.path("eval").longValue()),
        RecentValuesJson.value(json.path("mm").path(0)),
        RecentValuesJson.value(json.path("mm").path(1)),
        json.has("dist") ? OptionalInt.of(json.path("dist").intValue()) : OptionalInt.empty(),
        new FlatLineStream(
            flat.path("n").longValue(),
            flat.path("from").longValue(),
            marks(flat.path("lo")),
            marks(flat.path("hi"))),
        flat.has(AT) ? Instant.ofEpochMilli(flat.path(AT).longValue()) : Instant.MIN,
        new AttenuationStream(RecentValuesJson.read(json.path("att"))),
        SurfaceTrackJson.read(json.path("surface")),
        leapt(json.path("leapt")),
        RainfallJson.read(json.path("rain")));
  }

  private static List<Instant> leapt(JsonNode array) {
    List<Instant> leapt = new ArrayList<>();
    array.forEach(at -> leapt.add(Instant.ofEpochMilli(at.longValue())));
    return leapt;
  }

  private static void marks(JsonGenerator json, String name, List<Mark> marks) throws IOException {
    json.writeArrayFieldStart(name);
    for (Mark mark : marks) {
      json.writeStartArray();
      json.writeNumber(mark.sample());
      RecentValuesJson.value(json, mark.value());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static List<Mark> marks(JsonNode array) {
    List<Mark> marks = new ArrayList<>();
    for (JsonNode mark : array) {
      marks.add(new Mark(mark.path(0).longValue(), RecentValuesJson.value(mark.path(1))));
    }
    return marks;
  }
}
