package io.floodmark.api.assets.files;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** A FeatureCollection of points (RFC 7946), one feature a line; no point is a null geometry. */
final class GeoJsonWriter implements AssetWriter {
  private final JsonGenerator json;
  private final Columns columns;

  GeoJsonWriter(OutputStream out, Columns columns) throws IOException {
    json = JsonText.FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.columns = columns;
    json.writeStartObject();
    json.writeStringField("type", "FeatureCollection");
    json.writeArrayFieldStart("features");
  }

  @Override
  public void row(Map<String, CellValue> cells, Optional<Position> position) throws IOException {
    TableHeader.requireKnown(columns, cells);
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeFieldName("geometry");
    if (position.isPresent()) {
      point(position.get());
    } else {
      json.writeNull();
    }
    json.writeObjectFieldStart("properties");
    for (String name : columns.names()) {
      CellValue value = cells.get(name);
      if (value != null && !value.text().isEmpty()) {
        json.writeFieldName(name);
        value(value);
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void point(Position position) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(Positions.degrees(position.lon()));
    json.writeNumber(Positions.degrees(position.lat()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void value(CellValue value) throws IOException {
    if (value instanceof CellValue.Truth truth) {
      json.writeBoolean(truth.value());
    } else if (value instanceof CellValue.Numeric number) {
      json.writeNumber(number.text());
    } else {
      json.writeString(value.text());
    }
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }
}
