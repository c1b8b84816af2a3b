package io.floodmark.api.nowcast;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import io.floodmark.nowcast.Outlook;
import io.floodmark.nowcast.RiseSkill;
import java.io.IOException;

/** What comes next, as the property {@code nowcast} of a sensor's Feature. */
public final class OutlookJson {
  private OutlookJson() {}

  /** Writes it; where there is nothing to say, nothing. */
  public static void write(JsonGenerator json, Outlook outlook) throws IOException {
    if (outlook instanceof Outlook.Rise rise) {
      json.writeObjectFieldStart("nowcast");
      json.writeStringField("kind", "rise");
      json.writeNumberField("level", rise.level());
      json.writeStringField("from", Json.time(rise.from()));
      json.writeStringField("to", Json.time(rise.to()));
      json.writeStringField("basedOn", Json.time(rise.basedOn()));
      json.writeStringField("until", Json.time(rise.until()));
      writeSkill(json, RiseSkill.MEASURED);
      json.writeEndObject();
    } else if (outlook instanceof Outlook.Fall fall) {
      json.writeObjectFieldStart("nowcast");
      json.writeStringField("kind", "fall");
      json.writeStringField("from", Json.time(fall.from()));
      json.writeStringField("expected", Json.time(fall.expected()));
      json.writeStringField("to", Json.time(fall.to()));
      json.writeStringField("basedOn", Json.time(fall.basedOn()));
      json.writeStringField("until", Json.time(fall.until()));
      json.writeNumberField("floods", fall.floods());
      json.writeEndObject();
    }
  }

  private static void writeSkill(JsonGenerator json, RiseSkill skill) throws IOException {
    json.writeObjectFieldStart("skill");
    json.writeNumberField("rightShare", skill.rightShare());
    json.writeNumberField("foretoldShare", skill.foretoldShare());
    json.writeNumberField("inRangeShare", skill.inRangeShare());
    json.writeStringField("measuredOn", "simulation");
    json.writeEndObject();
  }
}
