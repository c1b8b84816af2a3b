package io.floodmark.api.assets.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/** JSON values as the text of a cell. */
final class JsonText {
  static final int STRING_CHARS_MAX = 1_000_000;

  /** Bounded: nobody nests properties a hundred deep or writes a megabyte into one. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxStringLength(STRING_CHARS_MAX)
                  .maxNameLength(10_000)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private JsonText() {}

  /**
   * The value on which the parser stands, in the file's own words; an object or an array as JSON
   * text without spaces, cut after {@code maxChars}. Empty for null. Leaves the parser on the
   * value's last token.
   */
  static Optional<String> read(JsonParser parser, int maxChars) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (token != null && token.isScalarValue()) {
      return Optional.of(parser.getText());
    }
    StringWriter text = new StringWriter();
    JsonGenerator json = FACTORY.createGenerator(text);
    int depth = 0;
    do {
      token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (text.getBuffer().length() <= maxChars) {
        copy(parser, json);
        json.flush();
      }
    } while (depth > 0 && parser.nextToken() != null);
    return Optional.of(text.toString());
  }

  private static void copy(JsonParser parser, JsonGenerator json) throws IOException {
    if (parser.currentToken().isNumeric()) {
      // As it is written: 1.10 stays 1.10.
      json.writeNumber(parser.getText());
    } else {
      json.copyCurrentEvent(parser);
    }
  }
}
