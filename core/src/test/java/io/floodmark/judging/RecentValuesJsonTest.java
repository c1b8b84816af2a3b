package io.floodmark.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.reading.RecentValues;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What stands in a database from before: a newer server has to read it as the older one did. */
final class RecentValuesJsonTest {
  private static final RecentValues SEEN =
      RecentValues.of(
          new long[] {1_767_222_000_000L, 1_767_222_060_000L, 1_767_222_060_001L},
          new double[] {1_861, Double.NaN, -0.25});

  @Test
  void itIsWrittenShort() throws IOException {
    assertEquals("{\"att\":[1767222000000,1861,60000,null,1,-0.25]}", written(SEEN));
    assertEquals("{\"att\":[]}", written(RecentValues.NONE));
  }

  @Test
  void itIsReadInEveryFormThatWasEverWritten() {
    assertEquals(SEEN, read("[1767222000000,1861,60000,null,1,-0.25]"));
    assertEquals(SEEN, read("[1767222000000,1861.0,60000,null,1,-0.25]"));
    assertEquals(RecentValues.NONE, read("[]"));
    assertEquals(
        RecentValues.NONE, RecentValuesJson.read(Series.tree("{}").path("att")), "not there");
  }

  private static RecentValues read(String array) {
    return RecentValuesJson.read(Series.tree(array));
  }

  private static String written(RecentValues values) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      RecentValuesJson.write(json, "att", values);
      json.writeEndObject();
    }
    return text.toString();
  }
}
