package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * One asset as a Feature of GeoJSON. Without sign-in it says what kind of thing stands where and in
 * which group, and number and street of a house: nothing that leads to it anywhere else.
 */
final class AssetFeature {
  private AssetFeature() {}

  static byte[] bytes(Asset asset, AssetGroups groups) {
    return Json.bytes(json -> write(json, asset, groups, true));
  }

  static void write(JsonGenerator json, Asset asset, AssetGroups groups, boolean forStaff)
      throws IOException {
    AssetContent content = asset.content();
    boolean house = content.kind().equals("house");
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    if (forStaff) {
      json.writeNumberField("id", asset.id());
    }
    AssetMap.writePoint(json, content.lon(), content.lat());
    json.writeObjectFieldStart("properties");
    json.writeStringField("kind", content.kind());
    Json.writeText(json, "group", groups.of(content.groupId()).map(AssetGroups.Group::code));
    json.writeBooleanField("madeUp", asset.madeUp());
    if (house || forStaff) {
      Json.writeText(json, "number", content.number());
      Json.writeText(json, "street", content.street());
    }
    if (forStaff) {
      writeForStaff(json, asset);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeForStaff(JsonGenerator json, Asset asset) throws IOException {
    AssetContent content = asset.content();
    Json.writeText(json, "ref", content.ref());
    Json.writeText(json, "name", content.name());
    Json.writeText(json, "place", content.place());
    json.writeStringField("state", content.state().key());
    json.writeFieldName("details");
    AssetRows.write(json, content.details());
    Json.writeText(json, "source", content.source());
    writeId(json, "replaces", content.replacesId().stream().boxed().findFirst());
    writeId(json, "mergedInto", asset.mergedInto().stream().boxed().findFirst());
    Json.writeTime(json, "verifiedAt", asset.verifiedAt());
    json.writeNumberField("version", asset.version());
    Json.writeTime(json, "updatedAt", Optional.of(asset.updatedAt()));
  }

  private static void writeId(JsonGenerator json, String name, Optional<Long> id)
      throws IOException {
    if (id.isPresent()) {
      json.writeNumberField(name, id.get());
    } else {
      json.writeNullField(name);
    }
  }
}
