package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/** The value of a field of an asset's kind, as it is kept. Immutable. */
public sealed interface AssetValue {
  /** Text, the value of a choice, or a date as 2026-11-22. */
  record Words(String words) implements AssetValue {
    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeString(words);
    }

    @Override
    public String plain() {
      return words;
    }
  }

  /** A count, a year, or a length in millimetres. */
  record Whole(long number) implements AssetValue {
    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeNumber(number);
    }

    @Override
    public String plain() {
      return Long.toString(number);
    }
  }

  /** Yes or no. */
  record Flag(boolean isSet) implements AssetValue {
    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeBoolean(isSet);
    }

    @Override
    public String plain() {
      return isSet ? "yes" : "no";
    }
  }

  /** Writes it as JSON has it. */
  void write(JsonGenerator json) throws IOException;

  /** As programs write it: lengths in millimetres, choices by their value, yes and no. */
  String plain();

  /** What stands in {@code asset.details}; empty for what no field of ours holds. */
  static Optional<AssetValue> of(JsonNode node) {
    if (node.isTextual()) {
      return Optional.of(new Words(node.textValue()));
    }
    if (node.isIntegralNumber()) {
      return Optional.of(new Whole(node.longValue()));
    }
    return node.isBoolean() ? Optional.of(new Flag(node.booleanValue())) : Optional.empty();
  }
}
