package io.floodmark.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.quality.AttenuationStream;
import io.floodmark.quality.FlatLineStream;
import io.floodmark.quality.FlatLineStream.Mark;
import io.floodmark.surface.Rainfall;
import io.floodmark.surface.SurfaceTrack;
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
 * {@code surface}, {@code leapt} and {@code rain} as {@link SurfaceTrackJson} and {@link
 * RainfallJson} say. Times are milliseconds since 1970; {@code att} holds time and value of its
 * first sample, then of each further one the time since the one before it and its value. About 1 kB
 * with the default settings.
 */
public final class QualityMemoryJson {
  private static final String AT = "at";

  private QualityMemoryJson() {}

  /** As JSON; {@code {}} before the first reading. */
  public static ObjectNode write(QualityMemory memory) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (memory.samples() == 0) {
      return json;
    }
    json.put("n", memory.samples());
    json.put(AT, memory.observedAt().toEpochMilli());
    json.put("eval", memory.evaluatedAt().toEpochMilli());
    ArrayNode surface = json.putArray("mm");
    value(surface, memory.beforeLastMm());
    value(surface, memory.lastMm());
    memory.distanceMm().ifPresent(mm -> json.put("dist", mm));
    if (!memory.flatLineAt().equals(Instant.MIN)) {
      ObjectNode flat = json.putObject("flat");
      flat.put(AT, memory.flatLineAt().toEpochMilli());
      flat.put("n", memory.flatLine().samples());
      flat.put("from", memory.flatLine().flatFrom());
      marks(flat.putArray("lo"), memory.flatLine().lows());
      marks(flat.putArray("hi"), memory.flatLine().highs());
    }
    if (!memory.attenuation().window().isEmpty()) {
      ArrayNode window = json.putArray("att");
      long last = 0;
      for (AttenuationStream.Sample sample : memory.attenuation().window()) {
        window.add(sample.timeMillis() - last);
        value(window, sample.value());
        last = sample.timeMillis();
      }
    }
    if (!memory.surface().equals(SurfaceTrack.NONE)) {
      json.set("surface", SurfaceTrackJson.write(memory.surface()));
    }
    if (!memory.leapt().isEmpty()) {
      ArrayNode leapt = json.putArray("leapt");
      memory.leapt().forEach(at -> leapt.add(at.toEpochMilli()));
    }
    if (!memory.rainfall().equals(Rainfall.NONE)) {
      json.set("rain", RainfallJson.write(memory.rainfall()));
    }
    return json;
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
        value(json.path("mm").path(0)),
        value(json.path("mm").path(1)),
        json.has("dist") ? OptionalInt.of(json.path("dist").intValue()) : OptionalInt.empty(),
        new FlatLineStream(
            flat.path("n").longValue(),
            flat.path("from").longValue(),
            marks(flat.path("lo")),
            marks(flat.path("hi"))),
        flat.has(AT) ? Instant.ofEpochMilli(flat.path(AT).longValue()) : Instant.MIN,
        new AttenuationStream(window(json.path("att"))),
        SurfaceTrackJson.read(json.path("surface")),
        leapt(json.path("leapt")),
        RainfallJson.read(json.path("rain")));
  }

  private static List<Instant> leapt(JsonNode array) {
    List<Instant> leapt = new ArrayList<>();
    array.forEach(at -> leapt.add(Instant.ofEpochMilli(at.longValue())));
    return leapt;
  }

  private static void marks(ArrayNode array, List<Mark> marks) {
    for (Mark mark : marks) {
      value(array.addArray().add(mark.sample()), mark.value());
    }
  }

  private static List<Mark> marks(JsonNode array) {
    List<Mark> marks = new ArrayList<>();
    for (JsonNode mark : array) {
      marks.add(new Mark(mark.path(0).longValue(), value(mark.path(1))));
    }
    return marks;
  }

  private static List<AttenuationStream.Sample> window(JsonNode array) {
    List<AttenuationStream.Sample> window = new ArrayList<>();
    long time = 0;
    for (int i = 0; i + 1 < array.size(); i += 2) {
      time += array.path(i).longValue();
      window.add(new AttenuationStream.Sample(time, value(array.path(i + 1))));
    }
    return window;
  }

  /** Whole numbers without a fraction, which would only make the row longer. */
  private static void value(ArrayNode array, double value) {
    if (Double.isNaN(value)) {
      array.addNull();
    } else if (value == Math.rint(value)) {
      array.add((long) value);
    } else {
      array.add(value);
    }
  }

  private static double value(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }
}
